import type { Terms } from '../generations/reservation.ts'
import { spendKey } from '../generations/spending-order.ts'
import type { Policy } from '../policy/policy.ts'
import type { Due, Membership } from './membership.ts'

/** Credits of a membership that fell due, as the book gives them: once for their key. */
export type MembershipGrant = {
  /** names what it is for, so that the same month is never given twice, whoever gives it */
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

/** What the book gives for credits that fell due. @param membership as it stands after the move that they fell due in */
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

/**
 * Two upgrades at the same instant are told apart by how much the month had been given after each; the credits of a
 * launch are given once for its window, which ends as they do.
 */
function keyOf({ given_this_month }: Membership, id: string, { what, at, expires_at }: Due): string {
  if (what === 'launch') return `membership/${id}/launch/${expires_at}`
  const key = `membership/${id}/${what}/${at}`
  return what === 'upgrade' ? `${key}/${given_this_month}` : key
}
