import { fulfil } from '../../../domain/purchases/fulfilment.ts'
import { sell } from '../../../domain/purchases/packs.ts'
import { type PaymentEvent, reducePaymentEvents } from '../../../domain/purchases/payment-facts.ts'
import { applyPaymentFacts } from '../../../domain/purchases/payments.ts'
import { beginPurchase, type Effect, type Purchase, type PurchaseStep } from '../../../domain/purchases/purchase.ts'
import { policyWith } from '../policy/example-policy.ts'

// A purchase of 100 credits for 9.99 EUR, and the events of its payments.

export const AT = '2027-01-31T09:00:00.000Z'
export const LATER = '2027-01-31T09:10:00.000Z'

export function ordered(terms: object = {}, provider: Purchase['provider'] = 'stripe'): Purchase {
  const policy = policyWith({
    packs: {
      pack: { name: 'Pack', source: 'bought', credits: 100, price: { amount: 999, currency: 'EUR' } },
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

export const other = { references: ['pi_2'] }
export const news = (piece: Partial<PaymentEvent>): PaymentEvent => ({
  purchase: null,
  references: ['pi_1'],
  ...piece,
})
export const paid = news({ paid: { amount: 999, currency: 'EUR', at: null } })
export const pays = (amount: number | null, currency: string | null = 'EUR', fields: object = {}) =>
  news({ paid: { amount, currency, at: null }, ...fields })
export const back = (amount: number, of = 999, as_of: string | null = null) => news({ refunded: { amount, of, as_of } })
export const made = (id: string, amount: number) =>
  news({ refund: { id, amount, failed: false, at: null, number: null } })
export const fails = (amount: number, number: number | null = null) =>
  news({ refund: { id: 're_1', amount, failed: true, at: '2027-02-01T00:00:00.000Z', number } })
export const nothing = reducePaymentEvents([])

/** Applies all events of a payment, as the workflow does. */
export function follow(before: Purchase, pieces: PaymentEvent[], at = AT): PurchaseStep {
  const facts = reducePaymentEvents(pieces)
  const heard = applyPaymentFacts(before, facts, at)
  if (heard.purchase.state !== 'paid') return heard
  const given = fulfil(heard.purchase, facts, 'fulfilled', at)
  return { ...given, events: [...heard.events, ...given.events] }
}

export const inShort = (effects: Effect[]) =>
  effects.map(effect =>
    'credits' in effect
      ? `${effect.kind} ${effect.credits} ${effect.what}`
      : [effect.kind, 'cause' in effect ? effect.cause : ''].join(' '),
  )

export const bought = (terms: object = {}) => follow(ordered(terms), [paid]).purchase
export const END = '2027-02-14T09:00:00.000Z'
