import type { Terms } from '../generations/reservation.ts'
import { spendKey } from '../lots/spending-order.ts'
import type { Policy } from '../policy/policy.ts'
import type { Due, Membership } from './membership.ts'

/** A membership's due credits as the ledger grants them: once per key. */
export type MembershipGrant = {
  /** derived from what is due, so that no month is granted twice */
  key: string
  at: string
  source: string
  amount: number
  expires_at: Date | null
  members_only: boolean
  spend_key: string
  origin: { type: 'membership'; id: string }
  reason: string
  terms: { policy_version: number; validity: Terms['validity'] | null }
}

/** The grant of due credits. @param membership after the step in which they fell due */
export function grantOf(policy: Policy, membership: Membership, id: string, due: Due): MembershipGrant {
  const expires_at = due.expires_at === null ? null : new Date(due.expires_at)
  return {
    key: keyOf(membership, id, due),
    at: due.at,
    source: due.source,
    amount: due.credits,
    expires_at,
    members_only: due.members_only,
    spend_key: spendKey(policy, due.source, expires_at),
    origin: { type: 'membership', id },
    reason: due.what,
    terms: { policy_version: membership.terms.policy_version, validity: membership.terms.validity },
  }
}

/** Distinguishes upgrades at the same instant by what the month was granted in total. */
function keyOf({ given_this_month }: Membership, id: string, { what, at }: Due): string {
  const key = `membership/${id}/${what}/${at}`
  return what === 'upgrade' ? `${key}/${given_this_month}` : key
}
