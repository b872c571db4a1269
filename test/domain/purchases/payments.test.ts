import { type PaymentEvent, reducePaymentEvents } from '../../../domain/purchases/payment-facts.ts'
import type { Purchase } from '../../../domain/purchases/purchase.ts'
import {
  AT,
  applyEvents,
  fullPayment,
  LATER,
  otherPayment,
  payment,
  paymentEvent,
  placeOrder,
  refundFailure,
  refundMade,
  refundTotal,
  summarize,
} from './example-purchase.ts'

it.each<[string, PaymentEvent[], Purchase['state'], string[]]>([
  ['nothing', [], 'awaiting_payment', []],
  ['paid', [fullPayment], 'fulfilled', ['grant 100 credits']],
  ['paid, with a repeated event', [fullPayment, fullPayment], 'fulfilled', ['grant 100 credits']],
  ['failed', [paymentEvent({ ended: 'failed' })], 'failed', []],
  ['expired', [paymentEvent({ ended: 'expired' })], 'expired', []],
  ['failed and expired', [paymentEvent({ ended: 'expired' }), paymentEvent({ ended: 'failed' })], 'failed', []],
  ['expired, then paid', [paymentEvent({ ended: 'expired' }), fullPayment], 'fulfilled', ['grant 100 credits']],
  ['too little', [paymentEvent({ paid: { amount: 998, currency: 'EUR', at: null } })], 'awaiting_payment', []],
  ['another currency', [paymentEvent({ paid: { amount: 999, currency: 'KRW', at: null } })], 'awaiting_payment', []],
  [
    'another currency, then too little of the right one',
    [payment(12_900, 'KRW'), payment(50, 'EUR', otherPayment)],
    'awaiting_payment',
    [],
  ],
  [
    'too little, then the right amount',
    [payment(1), payment(999, 'EUR', otherPayment)],
    'fulfilled',
    ['grant 100 credits'],
  ],
  [
    'another currency, then the right amount',
    [payment(1, 'KRW'), payment(999, 'EUR', otherPayment)],
    'fulfilled',
    ['grant 100 credits'],
  ],
  ['too little twice', [payment(500), payment(499, 'EUR', otherPayment)], 'awaiting_payment', []],
  ['an unknown amount', [payment(null)], 'awaiting_payment', []],
  ['an unknown amount in an unknown currency', [payment(null, null)], 'awaiting_payment', []],
  [
    'another quantity',
    [paymentEvent({ paid: { amount: 999, currency: 'EUR', at: null, quantity: 3 } })],
    'awaiting_payment',
    [],
  ],
  ['a dispute alone', [paymentEvent({ dispute: { id: 'd', amount: 999, status: 'open' } })], 'awaiting_payment', []],
  ['too much', [payment(1200)], 'fulfilled', ['grant 100 credits']],
  ['paid twice', [fullPayment, payment(999, 'EUR', otherPayment)], 'fulfilled', ['grant 100 credits']],
  ['too much, the excess refunded', [payment(1200), refundTotal(201, 1200)], 'fulfilled', ['grant 100 credits']],
  [
    'paid twice, one refunded',
    [fullPayment, payment(999, 'EUR', otherPayment), refundTotal(999)],
    'fulfilled',
    ['grant 100 credits'],
  ],
  [
    'paid twice, both refunded',
    [
      fullPayment,
      payment(999, 'EUR', otherPayment),
      refundTotal(999),
      paymentEvent({ ...otherPayment, refunded: { amount: 999, of: 999 } }),
    ],
    'refunded',
    ['grant 100 credits', 'take 100 credits'],
  ],
  [
    'paid twice, one disputed',
    [
      fullPayment,
      payment(999, 'EUR', otherPayment),
      paymentEvent({ dispute: { id: 'd', amount: 999, status: 'lost' } }),
    ],
    'fulfilled',
    ['grant 100 credits'],
  ],
  [
    'too little and refunded, then paid',
    [payment(1), refundTotal(1, 1), payment(999, 'EUR', otherPayment)],
    'fulfilled',
    ['grant 100 credits'],
  ],
  [
    'disputed in another currency',
    [fullPayment, paymentEvent({ dispute: { id: 'd', amount: 5, currency: 'USD', status: 'open' } })],
    'disputed',
    ['grant 100 credits', 'take 100 credits'],
  ],
  ['a failed refund', [fullPayment, refundFailure(333), refundTotal(333)], 'fulfilled', ['grant 100 credits']],
  [
    'a failed refund, by a lower total',
    [fullPayment, refundTotal(333), refundTotal(0, 999, LATER)],
    'fulfilled',
    ['grant 100 credits'],
  ],
  [
    'a failed refund, then another',
    [fullPayment, refundTotal(500), refundFailure(500), refundTotal(300, 999, '2027-02-02T00:00:00.000Z')],
    'fulfilled',
    ['grant 100 credits', 'take 30 credits'],
  ],
  [
    'refunds by events of their own',
    [fullPayment, refundMade('re_1', 100), refundMade('re_2', 233)],
    'fulfilled',
    ['grant 100 credits', 'take 33 credits'],
  ],
  [
    'partly refunded',
    [fullPayment, paymentEvent({ refunded: { amount: 333, of: 999 } })],
    'fulfilled',
    ['grant 100 credits', 'take 33 credits'],
  ],
  [
    'refunded in full by an event without an amount',
    [payment(null, 'EUR', { refunded: { amount: 'all', of: null } }), fullPayment],
    'refunded',
    ['grant 100 credits', 'take 100 credits'],
  ],
  [
    'refunded, with the refund event before the payment event',
    [refundTotal(999), fullPayment],
    'refunded',
    ['grant 100 credits', 'take 100 credits'],
  ],
  [
    'disputed',
    [fullPayment, paymentEvent({ dispute: { id: 'd', amount: 999, status: 'open' } })],
    'disputed',
    ['grant 100 credits', 'take 100 credits'],
  ],
  [
    'disputed in part',
    [fullPayment, paymentEvent({ dispute: { id: 'd', amount: 100, status: 'lost' } })],
    'disputed',
    ['grant 100 credits', 'take 11 credits'],
  ],
  [
    'a won dispute',
    [fullPayment, paymentEvent({ dispute: { id: 'd', amount: 999, status: 'won' } })],
    'fulfilled',
    ['grant 100 credits'],
  ],
  [
    'partly refunded, the rest disputed',
    [
      fullPayment,
      paymentEvent({ refunded: { amount: 500, of: 999 } }),
      paymentEvent({ dispute: { id: 'd', amount: 499, status: 'open' } }),
    ],
    'disputed',
    ['grant 100 credits', 'take 50 credits', 'take 50 credits'],
  ],
])('payment events: %s', (_what, events, state, effects) => {
  const step = applyEvents(placeOrder(), events)
  expect(step.purchase.state).toBe(state)
  expect(summarize(step.effects)).toEqual(effects)
  expect(applyEvents(step.purchase, events, LATER)).toMatchObject({ effects: [], events: [] })
})

const unknownRefund = paymentEvent({ refunded: { amount: null, of: 999 } })

it('a refund of an unknown amount, reported after a known one, gives nothing back', () => {
  const later = paymentEvent({ refunded: { amount: null, of: 999, as_of: LATER } })
  const [refunded] = reducePaymentEvents([fullPayment, refundTotal(500, 999, AT), later]).payments
  expect(refunded).toMatchObject({ refunded: 500, unknown_refund: true })
})

const attentionOf = (events: PaymentEvent[]) => applyEvents(placeOrder(), events).purchase.attention

it.each<[string, PaymentEvent[], RegExp | null]>([
  ['paid', [fullPayment], null],
  ['too little', [payment(998)], /^Wrong payment: €9\.98 instead of €9\.99\./],
  ['another currency', [payment(999, 'USD')], /\$9\.99 instead of/],
  [
    'another quantity',
    [paymentEvent({ paid: { ...payment(999).paid, quantity: 3 } as PaymentEvent['paid'] })],
    /for 3 instead of 1/,
  ],
  ['an unknown amount', [payment(null)], /An unknown amount of EUR/],
  ['an unknown currency', [payment(999, null)], /An amount in an unknown currency instead of €9\.99/],
  ['too much', [payment(1999)], /^Wrong payment: €10\.00 more than €9\.99\./],
  ['paid twice', [fullPayment, payment(999, 'EUR', otherPayment)], /€9\.99 more than €9\.99/],
  ['paid twice, one refunded', [fullPayment, payment(999, 'EUR', otherPayment), refundTotal(999)], null],
  ['too little, refunded', [payment(998), refundTotal(998, 998)], null],
  ['an unknown amount, refunded', [payment(null, 'EUR', { refunded: { amount: 'all', of: null } })], null],
  ['an unknown refund', [fullPayment, unknownRefund], /^Wrong payment: A refund of an unknown amount\./],
  ['an unknown refund, then the rest', [fullPayment, unknownRefund, refundTotal(999)], null],
  ['too little, then paid', [payment(1), payment(999, 'EUR', otherPayment)], /€0\.01 instead of/],
])('attention of a payment: %s', (_what, events, expected) => {
  if (expected) expect(attentionOf(events)).toMatch(expected)
  else expect(attentionOf(events)).toBeNull()
})

it('acknowledged attention is not raised again, and a refund of the excess ends it', () => {
  const twice = [fullPayment, payment(999, 'EUR', otherPayment)]
  const raised = applyEvents(placeOrder(), twice).purchase
  expect(applyEvents({ ...raised, attention: null }, twice).purchase.attention).toBeNull()
  expect(applyEvents(raised, [...twice, refundTotal(999)], LATER).purchase.attention).toBeNull()
})
