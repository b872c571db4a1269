import { expiryOf, sourceOf } from '../lots/lot-terms.ts'
import { spendKey } from '../lots/spending-order.ts'
import type { Policy } from '../policy/policy.ts'
import { addDuration } from '../shared/calendar.ts'
import type { Effect, Purchase } from './purchase.ts'

/** The origin types of purchased credits and of the bonus for late ones. */
const ORIGINS = { credits: 'purchase', bonus: 'purchase_bonus' } as const

type GrantEffect = Extract<Effect, { kind: 'grant' }>

export function originOf(what: keyof typeof ORIGINS, id: string): { type: string; id: string } {
  return { type: ORIGINS[what], id }
}

/** The grant of an effect, for the ledger: with its key, expiry and spending order. */
export function purchaseGrant(policy: Policy, purchase: Purchase, id: string, effect: GrantEffect, at: Date) {
  const { what, credits, source, validity } = effect
  const expires_at = expiry(policy, purchase, effect, at)
  return {
    // Grant and reissue share the key, so only the first of them grants (XD-14).
    key: `purchase/${id}/${what}`,
    source,
    amount: credits,
    expires_at,
    members_only: what === 'credits' ? purchase.terms.members_only : sourceOf(policy, source).members_only,
    spend_key: spendKey(policy, source, expires_at),
    origin: originOf(what, id),
    reason: what === 'credits' ? 'purchase' : 'late_bonus',
    terms: { policy_version: purchase.terms.policy_version, validity },
  }
}

function expiry(policy: Policy, { time_zone }: Purchase, { validity, source }: GrantEffect, at: Date): Date | null {
  if (validity === 'never_expires') return null
  return validity === 'of_source' ? expiryOf(policy, source, at, time_zone) : addDuration(at, validity, time_zone)
}
