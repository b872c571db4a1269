import { findAccount } from '../../db/accounts/accounts.ts'
import { findPurchaseOf, insertPaymentEvent } from '../../db/purchases/payment-events.ts'
import { findAccountOfCustomer, type StripeOutcome } from '../../db/purchases/stripe-events.ts'
import { findKeptPayment, keepUnassigned, settleIfRefunded } from '../../db/purchases/unassigned-payments.ts'
import type { PaymentEvent } from '../../domain/purchases/payment-facts.ts'
import { isTemporary, Refused } from '../../domain/shared/refusals.ts'
import { paymentIdOf } from '../../payments/stripe/payment-events.ts'
import { isMarked, type StripeEvent } from '../../payments/stripe/webhook.ts'
import type { App } from '../http/app.ts'
import { deriveId } from '../http/route.ts'
import { openPurchase, syncPurchase } from './purchases.ts'

type StripePayment = Pick<StripeEvent, 'id' | 'customer' | 'order' | 'isNamed'> & { payment: PaymentEvent }

/**
 * Stores a payment event, then syncs its purchase. A payment whose metadata names a pack starts a purchase. One that
 * fits no purchase is kept for support if it carries a mark of ours.
 * @throws Refused temporarily_unavailable if Temporal is unavailable; Stripe retries, which changes nothing twice
 */
export async function handlePayment(app: App, product: string, event: StripePayment): Promise<StripeOutcome> {
  const { id: event_id, payment, order } = event
  if (order.product !== null && order.product !== product) return 'other_product'
  await insertPaymentEvent(app.db, { product, provider: 'stripe', event_id }, payment)
  const known = await findPurchaseOf(app.db, product, payment)
  if (known) {
    await syncPurchase(app, { product, account: known.account, id: known.purchase })
    return 'processed'
  }
  const outcome = payment.paid ? await startOrKeep(app, product, event) : 'unknown_purchase'
  await settleIfRefunded(app.db, product, payment.references)
  return outcome
}

async function startOrKeep(app: App, product: string, event: StripePayment): Promise<StripeOutcome> {
  const { payment } = event
  const id = paymentIdOf(payment)
  if (!isMarked(event) || id === null) return 'unknown_purchase'
  const kept = await findKeptPayment(app.db, product, id)
  if (kept?.outcome === 'dismissed' || kept?.outcome === 'refunded') return 'nothing_to_do'
  if (await startPurchase(app, product, id, event)) return 'processed'
  await keepUnassigned(app.db, { product, provider: 'stripe', payment: id }, payment)
  return 'unassigned'
}

/** Starts the purchase of a payment whose metadata name the pack. @returns false if there is none to start */
async function startPurchase(app: App, product: string, identity: string, event: StripePayment): Promise<boolean> {
  const { pack, quantity } = event.order
  if (pack === null || quantity === null) return false
  const account = await accountOf(app, product, event)
  if (account === null) return false
  const opening = { pack, quantity, provider: 'stripe' as const, fingerprint: identity }
  const id = deriveId('pur', product, 'stripe', identity)
  try {
    await openPurchase(app, { product, account, id, opening, references: event.payment.references })
    return true
  } catch (error) {
    if (error instanceof Refused && !isTemporary(error)) return false
    throw error
  }
}

/** The account that the metadata or the client reference of a payment link names, or that of the customer. */
async function accountOf({ db }: App, product: string, { order, payment, customer }: StripePayment) {
  for (const name of [order.account, payment.purchase]) {
    const named = name === null ? null : await findAccount(db, product, name)
    if (named && !named.closed_at) return named.account
  }
  return customer === null ? null : findAccountOfCustomer(db, product, customer)
}
