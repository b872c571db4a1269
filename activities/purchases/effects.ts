import type { LotEffect } from '../../db/purchases/purchases.ts'
import { deriveCode, hashOfCode } from '../../domain/codes/codes.ts'
import { replacementTerms } from '../../domain/generations/reservation.ts'
import type { Policy } from '../../domain/policy/policy.ts'
import { originOf, purchaseGrant } from '../../domain/purchases/grants.ts'
import type { Effect, Purchase, PurchaseStep } from '../../domain/purchases/purchase.ts'
import { currentVersion, type ServerSecrets } from '../../domain/shared/server-secrets.ts'

type Context = { id: string; at: Date; serverSecrets: ServerSecrets }

/** The effects that the rules decided, with what the database needs: expiry, sort key and operation keys. */
export function lotEffects(
  policy: Policy,
  { purchase, effects }: Pick<PurchaseStep, 'purchase' | 'effects'>,
  context: Context,
): LotEffect[] {
  return effects.map(effect => lotEffect(policy, purchase, effect, context))
}

function lotEffect(policy: Policy, purchase: Purchase, effect: Effect, { id, at, serverSecrets }: Context): LotEffect {
  if (effect.kind === 'issue_code') return newCode(policy, purchase, id, serverSecrets)
  const byCode = purchase.code !== null
  if (effect.kind === 'take') {
    const { what, cause, credits, short, besides = [] } = effect
    const origin = originOf(what, id)
    const reason = reasonOf(cause)
    const by_code = byCode && what === 'credits'
    const causes = besides.map(other => `${id}/${other}`)
    return { kind: 'take', origin, cause: `${id}/${cause}`, credits, short, besides: causes, reason, by_code }
  }
  if (effect.kind === 'restore') {
    const replacement = replacementTerms(policy, at, purchase.time_zone)
    const code = byCode ? id : null
    return { kind: 'restore', cause: `${id}/${effect.cause}`, reason: 'restore', replacement, code }
  }
  return { kind: 'grant', ...purchaseGrant(policy, purchase, id, effect, at) }
}

/** The purchase's current code, with the terms it was bought under. */
function newCode(policy: Policy, { code, terms, credits }: Purchase, id: string, secrets: ServerSecrets): LotEffect {
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

/** refund/1 → refund, dispute/dp_1 → dispute */
function reasonOf(cause: string): string {
  return (cause.split('/')[0] ?? cause).replace('-', '_')
}
