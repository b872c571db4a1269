import { buyers, type Concerns, type Customer, everyone, everyoneAndMembers, members, nobody } from './concerns.ts'
import {
  type Descriptions,
  describeFailures,
  describeGifts,
  describeLimits,
  describeNotices,
  describeOperations,
  describeOrder,
  describePacks,
  describePlans,
  describeRefunds,
  describeSpending,
  describeValidity,
} from './describe.ts'
import { describeEmails } from './emails/describe.ts'
import type { Policy } from './policy.ts'

/** A change of a policy: whom it affects, what it leaves unchanged, and its lines. */
export type PolicyChange = { who: string; lines: string[]; keeps: string | null }

const asOne = (lines: string[]): Descriptions => ({ all: lines.join(' ') })

/** The sections of a policy, whom their changes affect, and what they leave unchanged (KV-13). */
const sections: {
  who: string
  describe: (policy: Policy) => Descriptions
  keeps: string | null
  concerns: Concerns
}[] = [
  {
    who: 'Members who join a plan, or change plan or slots, after the publication',
    describe: describePlans,
    keeps: 'Running memberships keep their terms until they change plan or slots.',
    concerns: members,
  },
  {
    who: 'Credits granted after the publication',
    describe: describeValidity,
    keeps: 'Existing credits keep their validity.',
    concerns: everyone,
  },
  {
    who: 'The spending order of credits granted after the publication',
    describe: policy => asOne(describeOrder(policy)),
    keeps: 'Existing credits keep their place in the order.',
    concerns: everyone,
  },
  {
    who: 'Packs bought after the publication',
    describe: describePacks,
    keeps: 'Earlier purchases keep their amount, price and validity.',
    concerns: buyers,
  },
  {
    who: 'Refunds of purchases after the publication',
    describe: policy => ({ refund: describeRefunds(policy) }),
    keeps: 'Earlier purchases keep their refund terms.',
    concerns: everyone,
  },
  {
    who: 'Generations requested after the publication',
    describe: describeOperations,
    keeps: 'Open generations keep their cost.',
    concerns: everyone,
  },
  {
    who: 'Spending after the publication',
    describe: policy => asOne(describeSpending(policy)),
    keeps: null,
    concerns: everyone,
  },
  {
    who: 'All accounts after the publication',
    describe: describeLimits,
    keeps: 'The usage of the day still counts.',
    concerns: everyoneAndMembers,
  },
  {
    who: 'Grants after the publication',
    describe: policy => asOne(describeGifts(policy)),
    keeps: 'Earlier grants stay.',
    concerns: everyone,
  },
  {
    who: 'Generations that end after the publication',
    describe: policy => asOne(describeFailures(policy)),
    keeps: null,
    concerns: nobody,
  },
  {
    who: 'Webhooks after the publication',
    describe: policy => asOne(describeNotices(policy)),
    keeps: null,
    concerns: nobody,
  },
  {
    who: 'Emails after the publication',
    describe: policy => asOne(describeEmails(policy)),
    keeps: null,
    concerns: nobody,
  },
]

/** The changes between two versions of a policy; empty if they mean the same. Each changed setting is in a line. */
export function changesBetween(before: Policy, after: Policy): PolicyChange[] {
  const described = describedChanges(before, after)
  const lines = settingsBetween(before, after)
    .filter(setting => describedChanges(before, withSetting(before, setting)).length === 0)
    .map(({ path, was, is }) => `${path.join('.')}: ${written(was)} becomes ${written(is)}`)
  return lines.length === 0
    ? described
    : [...described, { who: 'Other settings, from the publication on', lines, keeps: null }]
}

/** The changes that concern a customer, by either version. */
export function changesFor(before: Policy, after: Policy, customer: Customer): PolicyChange[] {
  return describedChanges(
    before,
    after,
    (concerns, name) => concerns(name, customer, before) || concerns(name, customer, after),
  )
}

function describedChanges(
  before: Policy,
  after: Policy,
  isShown: (concerns: Concerns, name: string) => boolean = () => true,
): PolicyChange[] {
  return sections
    .map(({ who, describe, keeps, concerns }) => ({
      who,
      keeps,
      lines: difference(describe(before), describe(after), name => isShown(concerns, name)),
    }))
    .filter(({ lines }) => lines.length > 0)
}

type Setting = { path: string[]; was: unknown; is: unknown }

/** Every setting that differs, except for those that only name the version. */
function settingsBetween(before: Policy, after: Policy): Setting[] {
  const of = ({ version: _, published_at: __, ...policy }: Policy) => policy
  return differences(of(before), of(after), [])
}

function differences(was: unknown, is: unknown, path: string[]): Setting[] {
  if (!isRecord(was) || !isRecord(is)) return written(was) === written(is) ? [] : [{ path, was, is }]
  const keys = new Set([...Object.keys(was), ...Object.keys(is)])
  return [...keys].flatMap(key => differences(was[key], is[key], [...path, key]))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The policy with one setting changed, to find out whether a sentence describes the change. */
function withSetting(policy: Policy, { path, is }: Setting): Policy {
  const changed = structuredClone(policy)
  let parent: Record<string, unknown> = changed
  for (const key of path.slice(0, -1)) parent = parent[key] as Record<string, unknown>
  const key = path.at(-1) as string
  if (is === undefined) delete parent[key]
  else parent[key] = is
  return changed
}

function written(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value)
}

function difference(before: Descriptions, after: Descriptions, isShown: (name: string) => boolean): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].filter(isShown).flatMap(name => {
    const [was, is] = [before[name], after[name]]
    if (was === is) return []
    if (!was) return [`added: ${is}`]
    if (!is) return [`removed: ${was}`]
    return [`before: ${was}`, `after: ${is}`]
  })
}
