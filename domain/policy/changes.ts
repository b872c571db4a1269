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

/** What changes for some people: whom, from when, what stays as it is for them, and what it is. */
export type PolicyChange = { who: string; lines: string[]; keeps: string | null }

const asOne = (lines: string[]): Descriptions => ({ all: lines.join(' ') })

/** The parts of a policy, whom a change of each concerns, and what it leaves alone (KV-13). */
const parts: { who: string; words: (policy: Policy) => Descriptions; keeps: string | null }[] = [
  {
    who: 'Who joins a plan, or changes plan or slots, from the publication on',
    words: describePlans,
    keeps: 'Memberships that run keep the terms they were sold under until plan or slots are changed.',
  },
  {
    who: 'Credits that are given from the publication on',
    words: describeValidity,
    keeps: 'Credits that are there keep the validity they were given with.',
  },
  {
    who: 'Credits that are given from the publication on, in the order of use',
    words: policy => asOne(describeOrder(policy)),
    keeps: 'Credits that are there keep their place in the order.',
  },
  {
    who: 'Who buys a pack from the publication on',
    words: describePacks,
    keeps: 'What was bought keeps its amount, price and validity.',
  },
  {
    who: 'Purchases from the publication on',
    words: policy => ({ refund: describeRefunds(policy) }),
    keeps: 'Purchases made before keep their terms of refund.',
  },
  {
    who: 'Everybody who asks for a generation from the publication on',
    words: describeOperations,
    keeps: 'Generations under way keep the cost that is held for them.',
  },
  {
    who: 'Everybody who spends, from the publication on',
    words: policy => asOne(describeSpending(policy)),
    keeps: null,
  },
  {
    who: 'Everybody, from the publication on',
    words: describeLimits,
    keeps: 'What is used of the day is counted on.',
  },
  {
    who: 'Gifts from the publication on',
    words: policy => asOne(describeGifts(policy)),
    keeps: 'What was given stays.',
  },
  {
    who: 'Generations that end from the publication on',
    words: policy => asOne(describeFailures(policy)),
    keeps: null,
  },
  {
    who: 'Who is told by webhook, from the publication on',
    words: policy => asOne(describeNotices(policy)),
    keeps: null,
  },
]

/** What a new version of a policy changes, part by part; empty where it means the same. */
export function changesBetween(before: Policy, after: Policy): PolicyChange[] {
  return parts
    .map(({ who, words, keeps }) => ({ who, keeps, lines: difference(words(before), words(after)) }))
    .filter(({ lines }) => lines.length > 0)
}

function difference(before: Descriptions, after: Descriptions): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].flatMap(name => {
    const [was, is] = [before[name], after[name]]
    if (was === is) return []
    if (!was) return [`new: ${is}`]
    if (!is) return [`gone: ${was}`]
    return [`was: ${was}`, `now: ${is}`]
  })
}
