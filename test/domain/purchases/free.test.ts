import { fulfil } from '../../../domain/purchases/fulfilment.ts'
import type { PaymentEvent } from '../../../domain/purchases/payment-facts.ts'
import type { Provider, Purchase } from '../../../domain/purchases/purchase.ts'
import { refundPaid, requestRefund } from '../../../domain/purchases/refunds/terms.ts'
import {
  AT,
  applyEvents,
  fullPayment,
  noPaymentFacts,
  otherPayment,
  payment,
  paymentEvent,
  placeOrder,
  summarize,
} from './example-purchase.ts'

// Purchases without a payment: free packs, and promotion codes of the operator at the provider.

const refund = (purchase: Purchase) => requestRefund(purchase, { left: 100, used: 0 }, 'why', AT).purchase.refund

it.each<Provider>(['stripe', 'gumroad', 'manual', 'bank_transfer', 'invoice'])(
  'a free pack by %s is granted at once',
  provider => {
    const ordered = placeOrder({}, provider, 0)
    expect(ordered.state).toBe('paid')
    const { purchase, effects } = fulfil(ordered, noPaymentFacts, 'fulfilled', AT)
    expect(summarize(effects)).toEqual(['grant 100 credits'])
    const asked = requestRefund(purchase, { left: 100, used: 0 }, 'why', AT)
    expect(summarize(asked.effects)).toEqual(['take 100 credits'])
    expect(asked.purchase.refund).toMatchObject({ amount: 0, credits: 100 })
    expect(refundPaid(asked.purchase, null, AT).purchase.state).toBe('refunded')
  },
)

const discounted = (amount: number, discount: number, currency = 'EUR') =>
  payment(amount, currency, { paid: { amount, currency, at: null, discount } })

//    events  state  price  refund
it.each<[string, PaymentEvent[], Purchase['state'], number]>([
  ['a code for all', [discounted(0, 999)], 'fulfilled', 0],
  ['a code for the whole price, with a repeated event', [discounted(0, 999), discounted(0, 999)], 'fulfilled', 0],
  ['a code for a part', [discounted(500, 499)], 'fulfilled', 500],
  ['a code for a part, its charge first', [payment(500), discounted(500, 499)], 'fulfilled', 500],
  ['a code, and too little besides', [discounted(499, 499)], 'awaiting_payment', 999],
  ['a code in another currency', [discounted(0, 999, 'KRW')], 'awaiting_payment', 999],
  ['nothing without a code', [payment(0)], 'awaiting_payment', 999],
  [
    'the price, and a code for another',
    [fullPayment, paymentEvent({ ...otherPayment, ...discounted(0, 999), references: ['pi_2'] })],
    'fulfilled',
    999,
  ],
])('a purchase with promotion codes: %s', (_, events, state, amount) => {
  const { purchase } = applyEvents(placeOrder(), events)
  expect(purchase).toMatchObject({ state, amount })
  expect(purchase.attention === null).toBe(state === 'fulfilled')
  if (state === 'fulfilled') expect(refund(purchase)).toMatchObject({ amount, credits: 100 })
})
