import type Stripe from 'stripe'
import type { PaymentEvent } from '../../domain/purchases/payment-facts.ts'
import { providerRefused } from '../../domain/shared/refusals.ts'
import type { Order, PaymentProvider, RefundOrder } from '../provider.ts'
import { callStripe, nullIfMissing } from './client.ts'
import { toPaymentEvent } from './payment-events.ts'

/** Of one payment; Stripe's own limits are far lower. */
const MOST_OBJECTS = 10_000

/**
 * Stripe Checkout. The customer pays on Stripe's page, so card data never reaches Lotkeeper. Idempotency keys make repeated
 * calls safe.
 * @param returnUrl where Stripe sends the customer after payment
 */
export function stripeCheckout(stripe: Stripe, returnUrl: string): PaymentProvider {
  return {
    checkout: order => callStripe(() => openSession(stripe, returnUrl, order)),
    ask: payment => callStripe(() => listPaymentEvents(stripe, payment.references)),
    refund: order => callStripe(() => refund(stripe, order)),
  }
}

async function openSession(stripe: Stripe, returnUrl: string, order: Order) {
  const { purchase, account, product, amount, currency, description, payment_methods } = order
  const metadata = { purchase, account, product }
  const session = await stripe.checkout.sessions.create(
    {
      mode: 'payment',
      client_reference_id: purchase,
      metadata,
      payment_intent_data: { metadata },
      line_items: [
        {
          quantity: 1,
          price_data: {
            currency: currency.toLowerCase(),
            unit_amount: amount,
            product_data: { name: description },
          },
        },
      ],
      ...(payment_methods.length > 0 ? { allowed_payment_method_types: payment_methods } : {}),
      success_url: returnUrl,
      cancel_url: returnUrl,
    },
    { idempotencyKey: order.idempotency_key },
  )
  if (!session.url) throw new Error(`Stripe returned no page for ${session.id}`)
  return { url: session.url, reference: session.id }
}

async function listPaymentEvents(stripe: Stripe, references: string[]): Promise<PaymentEvent[]> {
  const sessions = references.filter(reference => reference.startsWith('cs_'))
  const found: unknown[] = []
  for (const id of sessions) found.push(await stripe.checkout.sessions.retrieve(id).catch(nullIfMissing))
  const events = found.map(object => toPaymentEvent(object))
  const payments = [...references, ...events.flatMap(event => event?.references ?? [])]
  for (const payment_intent of new Set(payments.filter(reference => reference.startsWith('pi_')))) {
    const all = { limit: MOST_OBJECTS }
    const [charges, disputes, refunds] = await Promise.all([
      stripe.charges.list({ payment_intent, limit: 100 }).autoPagingToArray(all),
      stripe.disputes.list({ payment_intent, limit: 100 }).autoPagingToArray(all),
      stripe.refunds.list({ payment_intent, limit: 100 }).autoPagingToArray(all),
    ])
    events.push(...[...charges, ...disputes, ...refunds].map(object => toPaymentEvent(object)))
  }
  for (const invoice of new Set(payments.filter(reference => reference.startsWith('in_')))) {
    const notes = await stripe.creditNotes.list({ invoice, limit: 100 }).autoPagingToArray({ limit: MOST_OBJECTS })
    events.push(...notes.map(note => toPaymentEvent(note)))
  }
  return events.filter(event => event !== null)
}

async function refund(stripe: Stripe, order: RefundOrder): Promise<{ manual_step: string | null }> {
  const { references, amount, purchase, number, idempotency_key } = order
  const payment_intent = references.find(reference => reference.startsWith('pi_'))
  const charge = references.find(reference => /^(ch|py)_/.test(reference))
  if (!payment_intent && !charge) throw providerRefused('No payment at Stripe is known for this purchase.')
  const made = await stripe.refunds.create(
    {
      ...(payment_intent ? { payment_intent } : { charge: charge ?? '' }),
      amount,
      metadata: { purchase, refund: String(number) },
    },
    { idempotencyKey: idempotency_key },
  )
  if (made.status === 'failed' || made.status === 'canceled')
    throw providerRefused(`Stripe reports the refund ${made.id} as ${made.status}.`)
  return { manual_step: null }
}
