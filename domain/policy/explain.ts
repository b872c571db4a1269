import { count, describeDuration } from '../shared/plain-words.ts'
import {
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
import type { Policy } from './policy.ts'
import { en } from './words/en.ts'

/** A policy in plain English, for people who write or approve one. */
export function explainPolicy(policy: Policy): { heading: string; lines: string[] }[] {
  return [
    { heading: 'Spending', lines: describeSpending(policy) },
    { heading: 'Memberships', lines: planLines(policy) },
    { heading: 'Packs', lines: describePackSales(policy) },
    { heading: 'Other grants', lines: describeGifts(policy) },
    { heading: 'Prices', lines: Object.values(describeOperations(policy)) },
    { heading: 'Spending order', lines: describeOrder(policy) },
    { heading: 'Expiry', lines: Object.values(describeValidity(policy)) },
    { heading: 'Limits', lines: limitLines(policy) },
    { heading: 'Failures and audits', lines: describeFailures(policy) },
    { heading: 'Webhooks', lines: describeNotices(policy) },
    { heading: 'Emails', lines: describeEmails(policy) },
  ].filter(({ lines }) => lines.length > 0)
}

function planLines(policy: Policy): string[] {
  const lines = Object.values(describePlans(policy))
  return lines.length > 0 ? lines : ['There are no memberships.']
}

function limitLines(policy: Policy): string[] {
  return Object.values(describeLimits(policy)).filter(words => !words.endsWith(`${en.noLimit}.`))
}

/** The packs and the refund terms of a policy. */
function describePackSales(policy: Policy): string[] {
  const packs = Object.values(describePacks(policy))
  return packs.length === 0 ? [] : [...packs, describeRefunds(policy)]
}

export function describeFailures({ generations, audit }: Policy): string[] {
  const { timeout_seconds, refund_after_expiry, corrections } = generations
  const { approval_above, sweep } = audit
  return [
    'Credits for outputs that are not delivered are released at once.',
    `Unsettled holds are released after ${timeout_seconds} seconds.`,
    `Credits released after their expiry are valid for ${describeDuration(refund_after_expiry)}.`,
    ...(corrections === 'free' ? ['Reported defects are corrected free of charge.'] : []),
    ...(sweep
      ? [
          `Every account is audited every ${count(sweep.every_hours, 'hour')}; differences are ${sweep.repair ? 'corrected' : 'reported'}.`,
        ]
      : []),
    approval_above === null
      ? 'Audits correct everything they find.'
      : approval_above === 0
        ? 'Audits move no credits without an approval.'
        : `Audits move up to ${count(approval_above, 'credit')}, more with an approval.`,
  ]
}

export function describeNotices({ notices: { low_credits } }: Policy): string[] {
  if (low_credits === null) return []
  return [`credits.low is sent when an account has fewer than ${count(low_credits, 'credit')}, at most once a day.`]
}
