import { addDuration } from '../credits/calendar.ts'
import type { Policy } from '../credits/policy.ts'
import type { Effect, Purchase, PurchaseStep } from '../credits/purchase.ts'
import { revivalOf } from '../credits/reservation.ts'
import { spendKey } from '../credits/spending-order.ts'
import { expiryOf, sourceOf } from '../credits/validity.ts'
import type { LotEffect } from '../ledger/purchases.ts'

/** Credits bought, and those that were added for the trouble. */
const ORIGINS = { credits: 'purchase', bonus: 'purchase_bonus' } as const

/** What the rules decided, as the book does it: with the expiry, the place in the order of use, and the keys. */
export function lotEffects(
  policy: Policy,
  { purchase, effects }: Pick<PurchaseStep, 'purchase' | 'effects'>,
  { id, at }: { id: string; at: Date },
): LotEffect[] {
  return effects.map(effect => lotEffect(policy, purchase, effect, { id, at }))
}

function lotEffect(
  policy: Policy,
  purchase: Purchase,
  effect: Effect,
  { id, at }: { id: string; at: Date },
): LotEffect {
  if (effect.kind === 'take') {
    const { what, cause, credits, short } = effect
    const origin = { type: ORIGINS[what], id }
    return { kind: 'take', origin, cause: `${id}/${cause}`, credits, short, reason: reasonOf(cause) }
  }
  if (effect.kind === 'restore') {
    const revival = revivalOf(policy, at, purchase.time_zone)
    return { kind: 'restore', cause: `${id}/${effect.cause}`, reason: 'restore', revival }
  }
  const { what, credits, source, validity } = effect
  const expires_at = expiry(policy, purchase, effect, at)
  return {
    kind: 'grant',
    // The first grant and a reissue share it, so whichever comes first, the credits are there once (XD-14).
    key: `purchase/${id}/${what}`,
    source,
    amount: credits,
    expires_at,
    members_only: what === 'credits' ? purchase.terms.members_only : sourceOf(policy, source).members_only,
    spend_key: spendKey(policy, source, expires_at),
    origin: { type: ORIGINS[what], id },
    reason: what === 'credits' ? 'purchase' : 'late_bonus',
    terms: { policy_version: purchase.terms.policy_version, validity },
  }
}

function expiry(
  policy: Policy,
  { time_zone }: Purchase,
  { validity, source }: Extract<Effect, { kind: 'grant' }>,
  at: Date,
): Date | null {
  if (validity === 'never_expires') return null
  return validity === 'of_source'
    ? expiryOf(policy, source, at, time_zone)
    : addDuration(at, validity, time_zone)
}

/** refund/1 → refund, dispute/dp_1 → dispute */
function reasonOf(cause: string): string {
  return (cause.split('/')[0] ?? cause).replace('-', '_')
}
