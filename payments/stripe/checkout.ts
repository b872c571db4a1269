import Stripe from 'stripe'
import type { PaymentEvent } from '../../domain/purchases/payment-facts.ts'
import { type Order, type PaymentProvider, RefundDeclined, type RefundOrder } from '../provider.ts'
import { isMissing, unavailable } from './client.ts'
import { toPaymentEvent } from './payment-events.ts'

/** Refunds by these errors never come: not for want of a connection, but because Stripe says no. */
const DECLINED = ['StripeInvalidRequestError', 'StripeCardError', 'StripePermissionError']

/**
 * Stripe Checkout: the customer pays on a page of Stripe's, so no card ever comes near here. Each call carries a key of the
 * purchase's own, so that a repeated one opens no second page and pays nothing twice.
 * @param returnUrl where Stripe sends the customer afterwards
 */
export function stripeCheckout(stripe: Stripe, returnUrl: string): PaymentProvider {
  return {
    checkout: order => asked(() => openSession(stripe, returnUrl, order)),
    ask: payment => asked(() => ask(stripe, payment.references)),
    refund: order => refund(stripe, order),
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
  if (!session.url) throw new Error(`Stripe gave no page for ${session.id}`)
  return { url: session.url, reference: session.id }
}

async function ask(stripe: Stripe, references: string[]): Promise<PaymentEvent[]> {
  const sessions = references.filter(reference => reference.startsWith('cs_'))
  const found: unknown[] = []
  for (const id of sessions) found.push(await stripe.checkout.sessions.retrieve(id).catch(nullWhenMissing))
  const news = found.map(object => toPaymentEvent(object))
  const payments = [...references, ...news.flatMap(piece => piece?.references ?? [])]
  for (const payment_intent of new Set(payments.filter(reference => reference.startsWith('pi_')))) {
    const [charges, disputes] = await Promise.all([
      stripe.charges.list({ payment_intent, limit: 100 }),
      stripe.disputes.list({ payment_intent, limit: 100 }),
    ])
    news.push(...[...charges.data, ...disputes.data].map(object => toPaymentEvent(object)))
  }
  return news.filter(piece => piece !== null)
}

async function refund(stripe: Stripe, order: RefundOrder): Promise<{ by_hand: string | null }> {
  const { references, amount, purchase, idempotency_key } = order
  const payment_intent = references.find(reference => reference.startsWith('pi_'))
  const charge = references.find(reference => /^(ch|py)_/.test(reference))
  if (!payment_intent && !charge) throw new RefundDeclined('Nothing names the payment at Stripe.')
  try {
    const made = await stripe.refunds.create(
      { ...(payment_intent ? { payment_intent } : { charge: charge ?? '' }), amount, metadata: { purchase } },
      { idempotencyKey: idempotency_key },
    )
    if (made.status === 'failed' || made.status === 'canceled')
      throw new RefundDeclined(`Stripe says that the refund ${made.id} is ${made.status}.`)
    return { by_hand: null }
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError && DECLINED.includes(error.type))
      throw new RefundDeclined(`Stripe says ${error.code ?? error.type}.`)
    throw unavailable(error)
  }
}

async function asked<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question()
  } catch (error) {
    throw unavailable(error)
  }
}

function nullWhenMissing(error: unknown): null {
  if (isMissing(error)) return null
  throw error
}
