import { spendKey } from '../lots/spending-order.ts'
import type { Policy } from '../policy/policy.ts'
import { addDuration } from '../shared/calendar.ts'

/** The terms of a code, fixed at the purchase; later policies do not change them. */
export type CodeTerms = {
  source: string
  credits: number
  /** a calendar duration from the redemption, or never_expires */
  validity: string
  members_only: boolean
  policy_version: number
}

/** Placeholder terms for a code that was never issued. */
export const NO_TERMS: CodeTerms = {
  source: '',
  credits: 1,
  validity: 'never_expires',
  members_only: false,
  policy_version: 0,
}

/** The lot of a redeemed code (MY-04, MY-05). */
export function redeemedLot(
  policy: Policy,
  { source, credits, validity, members_only, policy_version }: CodeTerms,
  purchase: string,
  at: Date,
  timeZone: string,
) {
  const expires_at = validity === 'never_expires' ? null : addDuration(at, validity, timeZone)
  return {
    source,
    amount: credits,
    expires_at,
    members_only,
    spend_key: spendKey(policy, source, expires_at),
    origin: { type: 'purchase', id: purchase },
    reason: 'redeem',
    terms: { policy_version, validity },
  }
}
