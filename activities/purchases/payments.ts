import { fingerprint } from '../../db/core/command.ts'
import { insertPaymentEvent } from '../../db/purchases/payment-events.ts'
import { findPurchase } from '../../db/purchases/purchases.ts'
import { fulfil, stepPurchase, stillGranting } from '../../domain/purchases/fulfilment.ts'
import { firstPaidAt } from '../../domain/purchases/payment-facts.ts'
import { applyPaymentFacts } from '../../domain/purchases/payments.ts'
import { isLate, isOwed, nextDueOf, type Purchase } from '../../domain/purchases/purchase.ts'
import { invalidRequest, isTemporary, Refused } from '../../domain/shared/refusals.ts'
import { loadContext, loadPurchase, type PurchaseDeps, type PurchaseRef } from './context.ts'
import { stepKey, transition } from './transition.ts'

type Fulfilment = 'fulfilled' | 'reissued'

/**
 * Polls the provider for the payment and records the answer as payment events.
 * @param references the provider's ids of the payment
 * @returns false where there is no provider to ask
 */
export async function askProvider(
  { db, payments }: PurchaseDeps,
  { product, id }: PurchaseRef,
  references: string[],
): Promise<boolean> {
  const provider = (await findPurchase(db, product, id))?.status.provider
  const ask = provider && payments[provider]?.ask
  if (!ask) return false
  for (const event of await ask({ product, purchase: id, references }))
    await insertPaymentEvent(
      db,
      { product, provider, event_id: `asked/${id}/${fingerprint(event)}` },
      { ...event, purchase: id },
    )
  return true
}

/** Records a payment that a person saw. @throws Refused invalid_request where the provider itself reports payments */
export async function recordManualPayment(
  { db }: PurchaseDeps,
  { product, id }: PurchaseRef,
  { provider, amount, currency }: Purchase,
  reference: string,
): Promise<void> {
  if (provider === 'stripe' || provider === 'gumroad')
    throw invalidRequest('purchase', `is paid through ${provider}, which reports the payment itself`)
  await insertPaymentEvent(
    db,
    { product, provider, event_id: `by-hand/${id}/${reference}` },
    { purchase: id, references: [reference], paid: { amount, currency, at: null } },
  )
}

/** Applies the recorded payment events and grants what is owed. */
export async function applyEvents(
  deps: PurchaseDeps,
  ref: PurchaseRef,
  how: Fulfilment = 'fulfilled',
  notBefore = '',
): Promise<void> {
  const context = await loadContext(deps, ref, notBefore)
  await transition(deps, ref, context, stepKey(ref, 'payment-events'), before =>
    applyPaymentFacts(before, context.facts, context.at),
  )
  await grantIfOwed(deps, ref, how, notBefore)
}

/** Grants what is owed. Where the grant fails, the purchase stays owed and the workflow tries again. */
export async function grantIfOwed(
  deps: PurchaseDeps,
  ref: PurchaseRef,
  how: Fulfilment = 'fulfilled',
  notBefore = '',
): Promise<void> {
  const found = await findPurchase(deps.db, ref.product, ref.id)
  if (!found || !isOwed(found.status)) return
  const context = await loadContext(deps, ref, notBefore)
  try {
    await transition(deps, ref, context, stepKey(ref, 'fulfil'), before =>
      fulfil(before, context.facts, how, context.at),
    )
  } catch (error) {
    if (error instanceof Refused) throw error
    await transition(deps, ref, context, stepKey(ref, 'granting'), before => stillGranting(before, context.at))
  }
}

/**
 * Takes the due step: polls the provider for a payment without a webhook, or marks the credits as late.
 * @returns false where the provider could not be asked
 */
export async function stepDue(deps: PurchaseDeps, ref: PurchaseRef, due_at: string): Promise<boolean> {
  const { status, test_clock } = await loadPurchase(deps, ref)
  const { references, at } = await loadContext(deps, ref, due_at)
  const due = nextDueOf(status)
  if (due === null || at < due) return true
  let isAsked = true
  if (status.state === 'awaiting_payment') {
    isAsked = await askProvider(deps, ref, references).catch(ignoreOutage)
    const paidAt = firstPaidAt((await loadContext(deps, ref)).facts)
    const age = paidAt ? deps.now().getTime() - Date.parse(paidAt) : Number.POSITIVE_INFINITY
    const isFresh = !test_clock && age < status.terms.within_minutes * 60_000
    await applyEvents(deps, ref, isLate(status, at) && !isFresh ? 'reissued' : 'fulfilled', due_at)
  }
  const context = await loadContext(deps, ref, due_at)
  await transition(deps, ref, context, stepKey(ref, 'due'), before => stepPurchase(before, context.at))
  await grantIfOwed(deps, ref, 'fulfilled', due_at)
  return isAsked
}

/** For `catch` after a question to a provider: false means that it is unavailable. */
function ignoreOutage(error: unknown): false {
  if (isTemporary(error)) return false
  throw error
}

/** For `catch` after a question to a provider: false means that it did not answer. */
export function ignoreRefusal(error: unknown): false {
  if (error instanceof Refused) return false
  throw error
}
