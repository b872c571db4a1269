import { isDeepStrictEqual } from 'node:util'
import { findPurchase, savePurchase } from '../../db/purchases/purchases.ts'
import { purchaseEmails } from '../../domain/purchases/emails.ts'
import { nextDueOf, type Purchase, type PurchaseStep } from '../../domain/purchases/purchase.ts'
import { notFound } from '../../domain/shared/refusals.ts'
import type { PurchaseContext, PurchaseDeps, PurchaseRef } from './context.ts'
import { lotEffects } from './effects.ts'

/** `perRevision` appends the purchase's revision to the key, and records nothing where nothing changes. */
export type TransitionKey = { key: string; event: unknown; perRevision?: boolean }

/** The key of a step that may be made again whenever the purchase has changed. */
export function stepKey({ id }: PurchaseRef, step: string): TransitionKey {
  return { key: `purchase/${id}/${step}`, event: step, perRevision: true }
}

/**
 * Records what the rules decide for a purchase.
 * @param references of the provider, which later payment events are matched by
 * @throws Refused not_found, and what `decide` refuses
 */
export function transition(
  deps: PurchaseDeps,
  ref: PurchaseRef,
  context: PurchaseContext,
  key: TransitionKey,
  decide: (before: Purchase) => PurchaseStep | Promise<PurchaseStep>,
  references: string[] = [],
): Promise<void> {
  const decideExisting = (before: Purchase | null) => {
    if (!before) throw notFound('purchase')
    return decide(before)
  }
  return transitionOrOpen(deps, ref, context, key, decideExisting, references)
}

/** The same where the purchase may not exist yet: `before` is null then. */
export async function transitionOrOpen(
  { db, serverSecrets }: PurchaseDeps,
  ref: PurchaseRef,
  { account, policy, at, references: known }: PurchaseContext,
  { key, event, perRevision = false }: TransitionKey,
  decide: (before: Purchase | null) => PurchaseStep | Promise<PurchaseStep>,
  references: string[] = [],
): Promise<void> {
  const before = await findPurchase(db, ref.product, ref.id)
  const step = await decide(before?.status ?? null)
  const revision = before?.revision ?? 0
  const isIdle = step.effects.length + step.events.length + references.length === 0
  if (perRevision && isIdle && isDeepStrictEqual(before?.status, step.purchase)) return
  const operation_key = perRevision ? `${key}/${revision}` : key
  await savePurchase(db, { account_key: account.account_key, operation_key, at: new Date(at) }, event, {
    product: ref.product,
    purchase: ref.id,
    provider: step.purchase.provider,
    bought_at: step.purchase.bought_at,
    revision,
    status: step.purchase,
    next_due_at: nextDueOf(step.purchase),
    references: [...known, ...references],
    effects: lotEffects(policy, step, { id: ref.id, at: new Date(at), serverSecrets }),
    events: step.events,
    emails: purchaseEmails(policy, ref.id, before?.status ?? null, step),
  })
}
