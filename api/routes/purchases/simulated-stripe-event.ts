import { randomUUID } from 'node:crypto'
import type { Purchase } from '../../../domain/purchases/purchase.ts'
import type { SimulatedEvent } from './test-checkout-page.ts'

type StripeObject = Record<string, unknown>

/** The event that Stripe would send for a simulated payment. */
export function simulatedStripeEvent(event: SimulatedEvent, id: string, { amount, currency }: Purchase): StripeObject {
  const money = { currency: currency.toLowerCase(), livemode: false }
  const payment_intent = `pi_test_${id}`
  const charge = `ch_test_${id}`
  const session = (type: string, fields: StripeObject) =>
    stripeEvent(`checkout.session.${type}`, {
      id: `cs_test_${id}`,
      object: 'checkout.session',
      mode: 'payment',
      amount_total: amount,
      client_reference_id: id,
      metadata: { purchase: id },
      payment_intent,
      ...money,
      ...fields,
    })
  const dispute = (type: string, status: string) =>
    stripeEvent(`charge.dispute.${type}`, {
      id: `du_test_${id}`,
      object: 'dispute',
      amount,
      charge,
      payment_intent,
      status,
      ...money,
    })
  switch (event) {
    case 'pay':
      return session('completed', { status: 'complete', payment_status: 'paid' })
    case 'fail':
      return session('async_payment_failed', { status: 'complete', payment_status: 'unpaid' })
    case 'expire':
      return session('expired', { status: 'expired', payment_status: 'unpaid' })
    case 'refund':
      return stripeEvent('charge.refunded', {
        id: charge,
        object: 'charge',
        amount,
        amount_captured: amount,
        amount_refunded: amount,
        captured: true,
        metadata: { purchase: id },
        paid: true,
        payment_intent,
        ...money,
      })
    case 'dispute':
      return dispute('created', 'needs_response')
    case 'win':
      return dispute('closed', 'won')
    case 'lose':
      return dispute('closed', 'lost')
  }
}

function stripeEvent(type: string, object: StripeObject): StripeObject {
  return {
    id: `evt_test_${randomUUID()}`,
    object: 'event',
    type,
    created: Math.floor(Date.now() / 1000),
    livemode: false,
    data: { object },
  }
}
