import type Stripe from 'stripe'
import type { SubscriptionPayment } from '../../domain/memberships/subscriptions/refund.ts'
import type { Money } from '../../domain/memberships/subscriptions/subscription.ts'
import { providerRefused } from '../../domain/shared/refusals.ts'

/** A refund of a subscription's payment. `payment`: the payment intent. In minor units. */
export type PaymentRefund = { payment: string; amount: number; membership: string; idempotency_key: string }

/** The paid invoices of a subscription that cost something. @param back the money of each that went back */
export function subscriptionPayments(invoices: Stripe.Invoice[], back: Map<string, Money>): SubscriptionPayment[] {
  return invoices
    .filter(({ id, total }) => id && total > 0)
    .map(({ id = '', total, currency, created, status_transitions, payments }) => {
      const intents = (payments?.data ?? [])
        .filter(({ status }) => status === 'paid')
        .map(({ payment }) => payment.payment_intent)
      const [intent] = intents
      const one = intents.length === 1 && intent ? intent : null
      return {
        invoice: id,
        payment: one && (typeof one === 'string' ? one : one.id),
        paid_at: new Date((status_transitions.paid_at ?? created) * 1000).toISOString(),
        amount: total,
        refunded: back.get(id)?.amount ?? 0,
        currency: currency.toUpperCase(),
      }
    })
}

/** Refunds a payment, once per idempotency key. */
export async function refundPayment(stripe: Stripe, refund: PaymentRefund): Promise<void> {
  const { payment: payment_intent, amount, membership, idempotency_key: idempotencyKey } = refund
  const made = await stripe.refunds.create({ payment_intent, amount, metadata: { membership } }, { idempotencyKey })
  if (made.status === 'failed' || made.status === 'canceled')
    throw providerRefused(`Stripe reports the refund ${made.id} as ${made.status}.`)
}
