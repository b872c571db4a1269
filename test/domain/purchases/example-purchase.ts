import { fulfil } from '../../../domain/purchases/fulfilment.ts'
import { sell } from '../../../domain/purchases/packs.ts'
import { type PaymentEvent, reducePaymentEvents } from '../../../domain/purchases/payment-facts.ts'
import { applyPaymentFacts } from '../../../domain/purchases/payments.ts'
import { beginPurchase, type Effect, type Purchase, type PurchaseStep } from '../../../domain/purchases/purchase.ts'
import { policyWith } from '../policy/example-policy.ts'

// A purchase of 100 credits for €9.99, and payment events for it.

export const AT = '2027-01-31T09:00:00.000Z'
export const LATER = '2027-01-31T09:10:00.000Z'

export function placeOrder(terms: object = {}, provider: Purchase['provider'] = 'stripe', amount = 999): Purchase {
  const policy = policyWith({
    packs: {
      pack: { name: 'Pack', source: 'bought', credits: 100, price: { amount, currency: 'EUR' } },
    },
    purchases: {
      refund: { window: 'P14D', what: 'unused_part' },
      fulfilment: { bonus: { percent: 15, source: 'bought' } },
      ...terms,
    },
  })
  const sale = sell(policy, { account: 'ada', is_member: false, plans: [] }, { pack: 'pack', quantity: 1 })
  return beginPurchase(sale, { credits: 100, provider, time_zone: 'UTC' }, AT).purchase
}

export const otherPayment = { references: ['pi_2'] }
export const paymentEvent = (fields: Partial<PaymentEvent>): PaymentEvent => ({
  purchase: null,
  references: ['pi_1'],
  ...fields,
})
export const fullPayment = paymentEvent({ paid: { amount: 999, currency: 'EUR', at: null } })
export const payment = (amount: number | null, currency: string | null = 'EUR', fields: object = {}) =>
  paymentEvent({ paid: { amount, currency, at: null }, ...fields })
export const refundTotal = (amount: number, of = 999, as_of: string | null = null) =>
  paymentEvent({ refunded: { amount, of, as_of } })
export const refundMade = (id: string, amount: number) =>
  paymentEvent({ refund: { id, amount, failed: false, at: null, number: null } })
export const refundFailure = (amount: number, number: number | null = null) =>
  paymentEvent({ refund: { id: 're_1', amount, failed: true, at: '2027-02-01T00:00:00.000Z', number } })
export const noPaymentFacts = reducePaymentEvents([])

/** Reduces the events to facts and applies them, and grants the credits once paid, as the workflow does. */
export function applyEvents(before: Purchase, events: PaymentEvent[], at = AT): PurchaseStep {
  const facts = reducePaymentEvents(events)
  const applied = applyPaymentFacts(before, facts, at)
  if (applied.purchase.state !== 'paid') return applied
  const fulfilled = fulfil(applied.purchase, facts, 'fulfilled', at)
  return { ...fulfilled, events: [...applied.events, ...fulfilled.events] }
}

export const summarize = (effects: Effect[]) =>
  effects.map(effect =>
    'credits' in effect
      ? `${effect.kind} ${effect.credits} ${effect.what}`
      : [effect.kind, 'cause' in effect ? effect.cause : ''].join(' '),
  )

export const fulfilledPurchase = (terms: object = {}) => applyEvents(placeOrder(terms), [fullPayment]).purchase
export const REFUND_PERIOD_END = '2027-02-14T09:00:00.000Z'
