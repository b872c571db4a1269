import { addDuration } from '../credits/calendar.ts'
import { type CodeSecrets, currentVersion, deriveCode, hashOfCode } from '../credits/codes.ts'
import type { Policy } from '../credits/policy.ts'
import type { Effect, Purchase, PurchaseStep } from '../credits/purchase.ts'
import { revivalOf } from '../credits/reservation.ts'
import { spendKey } from '../credits/spending-order.ts'
import { expiryOf, sourceOf } from '../credits/validity.ts'
import type { LotEffect } from '../ledger/purchases.ts'

/** Credits bought, and those that were added for the trouble. */
const ORIGINS = { credits: 'purchase', bonus: 'purchase_bonus' } as const

type Context = { id: string; at: Date; codeSecrets: CodeSecrets }

/** What the rules decided, as the book does it: with the expiry, the place in the order of use, and the keys. */
export function lotEffects(
  policy: Policy,
  { purchase, effects }: Pick<PurchaseStep, 'purchase' | 'effects'>,
  context: Context,
): LotEffect[] {
  return effects.map(effect => lotEffect(policy, purchase, effect, context))
}

function lotEffect(
  policy: Policy,
  purchase: Purchase,
  effect: Effect,
  { id, at, codeSecrets }: Context,
): LotEffect {
  if (effect.kind === 'issue_code') return newCode(policy, purchase, id, codeSecrets)
  const byCode = purchase.code !== null
  if (effect.kind === 'take') {
    const { what, cause, credits, short } = effect
    const origin = { type: ORIGINS[what], id }
    const reason = reasonOf(cause)
    const by_code = byCode && what === 'credits'
    return { kind: 'take', origin, cause: `${id}/${cause}`, credits, short, reason, by_code }
  }
  if (effect.kind === 'restore') {
    const revival = revivalOf(policy, at, purchase.time_zone)
    const code = byCode ? id : null
    return { kind: 'restore', cause: `${id}/${effect.cause}`, reason: 'restore', revival, code }
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

/** The code that the purchase has now, with what it gives: the terms it was bought under. */
function newCode(
  policy: Policy,
  { code, terms, credits }: Purchase,
  id: string,
  secrets: CodeSecrets,
): LotEffect {
  if (!code) throw new Error(`purchase ${id} has no code to issue`)
  const origin = { product: policy.product, purchase: id, issue: code.issue }
  const secret_version = currentVersion(secrets)
  return {
    kind: 'issue_code',
    ...origin,
    secret_version,
    hash: hashOfCode(deriveCode(secrets, secret_version, origin)),
    terms: {
      source: terms.source,
      credits,
      validity: terms.validity,
      members_only: terms.members_only,
      policy_version: terms.policy_version,
    },
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
