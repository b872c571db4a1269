import type { Language } from '../shared/languages.ts'
import { buyers, type Concerns, type Customer, everyone, everyoneAndMembers, members, nobody } from './concerns.ts'
import {
  type Descriptions,
  describeGifts,
  describeLimits,
  describeOperations,
  describeOrder,
  describePacks,
  describePlans,
  describeRefunds,
  describeSpending,
  describeValidity,
} from './describe.ts'
import { describeEmails } from './emails/describe.ts'
import { describeFailures, describeNotices } from './explain.ts'
import type { Policy } from './policy.ts'
import { de } from './words/de.ts'
import { en, type Words } from './words/en.ts'
import { ko } from './words/ko.ts'

/** A change of a policy: whom it affects, what it leaves unchanged, and its lines. */
export type PolicyChange = { who: string; lines: string[]; keeps: string | null }

const words: Record<Language, Words> = { en, de, ko }

const asOne = (lines: string[]): Descriptions => ({ all: lines.join(' ') })

type Section = { who: string; describe: (policy: Policy) => Descriptions; keeps: string | null; concerns: Concerns }

/** The sections of a policy that customers meet, whom their changes affect, and what they leave unchanged (KV-13). */
function sectionsForCustomers(w: Words): Section[] {
  const { plans, validity, order, packs, refunds, operations, spending, limits, gifts } = w.sections
  return [
    { ...plans, describe: policy => describePlans(policy, w), concerns: members },
    { ...validity, describe: policy => describeValidity(policy, w), concerns: everyone },
    { ...order, describe: policy => asOne(describeOrder(policy, w)), concerns: everyone },
    { ...packs, describe: policy => describePacks(policy, w), concerns: buyers },
    { ...refunds, describe: policy => ({ refund: describeRefunds(policy, w) }), concerns: everyone },
    { ...operations, describe: policy => describeOperations(policy, w), concerns: everyone },
    { ...spending, describe: policy => asOne(describeSpending(policy, w)), concerns: everyone },
    { ...limits, describe: policy => describeLimits(policy, w), concerns: everyoneAndMembers },
    { ...gifts, describe: policy => asOne(describeGifts(policy, w)), concerns: everyone },
  ]
}

/** The sections that only operators meet. */
const sectionsForOperators: Section[] = [
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

/** The changes that concern a customer, by either version, in their language. */
export function changesFor(before: Policy, after: Policy, customer: Customer, language: Language): PolicyChange[] {
  return describedChanges(
    before,
    after,
    (concerns, name) => concerns(name, customer, before) || concerns(name, customer, after),
    words[language],
  )
}

function describedChanges(
  before: Policy,
  after: Policy,
  isShown: (concerns: Concerns, name: string) => boolean = () => true,
  w: Words = words.en,
): PolicyChange[] {
  return [...sectionsForCustomers(w), ...sectionsForOperators]
    .map(({ who, describe, keeps, concerns }) => ({
      who,
      keeps,
      lines: difference(describe(before), describe(after), name => isShown(concerns, name), w),
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

function difference(before: Descriptions, after: Descriptions, isShown: (name: string) => boolean, w: Words): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].filter(isShown).flatMap(name => {
    const [was, is] = [before[name], after[name]]
    if (was === is) return []
    if (!was) return is ? [w.added(is)] : []
    if (!is) return [w.removed(was)]
    return [w.before(was), w.after(is)]
  })
}
