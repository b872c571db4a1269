import {
  type Descriptions,
  describeFailures,
  describeGifts,
  describeLimits,
  describeNotices,
  describeOperations,
  describeOrder,
  describePlans,
  describeSpending,
  describeValidity,
} from './describe.ts'
import { describePacks, describeRefunds } from './describe-packs.ts'
import type { Policy } from './policy.ts'

/** A change of a policy: whom it affects, what it leaves unchanged, and its lines. */
export type PolicyChange = { who: string; lines: string[]; keeps: string | null }

const asOne = (lines: string[]): Descriptions => ({ all: lines.join(' ') })

/** The sections of a policy, whom their changes affect, and what they leave unchanged (KV-13). */
const sections: { who: string; describe: (policy: Policy) => Descriptions; keeps: string | null }[] = [
  {
    who: 'Members who join a plan, or change plan or slots, after the publication',
    describe: describePlans,
    keeps: 'Running memberships keep their terms until they change plan or slots.',
  },
  {
    who: 'Credits granted after the publication',
    describe: describeValidity,
    keeps: 'Existing credits keep their validity.',
  },
  {
    who: 'The spending order of credits granted after the publication',
    describe: policy => asOne(describeOrder(policy)),
    keeps: 'Existing credits keep their place in the order.',
  },
  {
    who: 'Packs bought after the publication',
    describe: describePacks,
    keeps: 'Earlier purchases keep their amount, price and validity.',
  },
  {
    who: 'Refunds of purchases after the publication',
    describe: policy => ({ refund: describeRefunds(policy) }),
    keeps: 'Earlier purchases keep their refund terms.',
  },
  {
    who: 'Generations requested after the publication',
    describe: describeOperations,
    keeps: 'Open generations keep their cost.',
  },
  {
    who: 'Spending after the publication',
    describe: policy => asOne(describeSpending(policy)),
    keeps: null,
  },
  {
    who: 'All accounts after the publication',
    describe: describeLimits,
    keeps: 'The usage of the day still counts.',
  },
  {
    who: 'Grants after the publication',
    describe: policy => asOne(describeGifts(policy)),
    keeps: 'Earlier grants stay.',
  },
  {
    who: 'Generations that end after the publication',
    describe: policy => asOne(describeFailures(policy)),
    keeps: null,
  },
  {
    who: 'Webhooks after the publication',
    describe: policy => asOne(describeNotices(policy)),
    keeps: null,
  },
]

/** The changes between two versions of a policy; empty if they mean the same. */
export function changesBetween(before: Policy, after: Policy): PolicyChange[] {
  return sections
    .map(({ who, describe, keeps }) => ({
      who,
      keeps,
      lines: difference(describe(before), describe(after)),
    }))
    .filter(({ lines }) => lines.length > 0)
}

function difference(before: Descriptions, after: Descriptions): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].flatMap(name => {
    const [was, is] = [before[name], after[name]]
    if (was === is) return []
    if (!was) return [`added: ${is}`]
    if (!is) return [`removed: ${was}`]
    return [`before: ${was}`, `after: ${is}`]
  })
}
