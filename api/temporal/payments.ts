import { findAccount } from '../../db/accounts/accounts.ts'
import { findPurchaseByReferences, insertPaymentEvent } from '../../db/purchases/payment-events.ts'
import { findPurchase } from '../../db/purchases/purchases.ts'
import { findAccountOfCustomer, type StripeOutcome } from '../../db/purchases/stripe-events.ts'
import type { PaymentEvent } from '../../domain/purchases/payment-facts.ts'
import { Refused } from '../../domain/shared/refusals.ts'
import type { StripeEvent } from '../../payments/stripe/webhook.ts'
import type { App } from '../http/app.ts'
import { deriveId } from '../http/derive-id.ts'
import { openPurchase, syncPurchase } from './purchases.ts'

type StripePayment = Pick<StripeEvent, 'id' | 'customer' | 'order'> & { payment: PaymentEvent }

/**
 * Stores a payment event, then syncs its purchase. An event without a known purchase is kept for a purchase that shares a
 * reference with it.
 * @throws Refused temporarily_unavailable if Temporal is unavailable; Stripe retries, which changes nothing twice
 */
export async function handlePayment(app: App, product: string, event: StripePayment): Promise<StripeOutcome> {
  const { id: event_id, payment, order } = event
  if (order.product !== null && order.product !== product) return 'other_product'
  await insertPaymentEvent(app.db, { product, provider: 'stripe', event_id }, payment)
  const named = payment.purchase ?? (await findPurchaseByReferences(app.db, product, payment.references))
  const known = named === null ? null : await findPurchase(app.db, product, named)
  if (known) {
    await syncPurchase(app, { product, account: known.account, id: known.purchase })
    return 'processed'
  }
  return payment.paid && named === null ? startPurchase(app, product, event) : 'unknown_purchase'
}

/** Starts the purchase of a payment whose metadata name the pack. An amount alone never makes a purchase. */
async function startPurchase(app: App, product: string, event: StripePayment): Promise<StripeOutcome> {
  const { payment, order, customer } = event
  const account = await accountOf(app, product, order.account, customer)
  if (account === null) return 'unknown_account'
  const { pack } = order
  const identity = identityOf(payment)
  const { quantity } = order
  if (pack === null || quantity === null || identity === undefined) return 'unknown_purchase'
  const id = deriveId('pur', product, 'stripe', identity)
  const opening = { pack, quantity, provider: 'stripe' as const, fingerprint: identity }
  try {
    await openPurchase(app, { product, account, id, opening, references: payment.references })
  } catch (error) {
    if (error instanceof Refused && error.refusal.code !== 'temporarily_unavailable') return 'unknown_purchase'
    throw error
  }
  return 'processed'
}

async function accountOf(
  app: App,
  product: string,
  name: string | null,
  customer: string | null,
): Promise<string | null> {
  const named = name === null ? null : await findAccount(app.db, product, name)
  if (named && !named.closed_at) return named.account
  return customer === null ? null : findAccountOfCustomer(app.db, product, customer)
}

/** All events of one payment share its payment intent, in whatever order they come; only a free session has none. */
function identityOf({ references }: PaymentEvent): string | undefined {
  return references.find(reference => reference.startsWith('pi_')) ?? references[0]
}
