import { fulfil, reissue, reportMissing, stepPurchase, stillGranting } from '../../../domain/purchases/fulfilment.ts'
import { type PaymentEvent, reducePaymentEvents } from '../../../domain/purchases/payment-facts.ts'
import { applyPaymentFacts } from '../../../domain/purchases/payments.ts'
import { nextDueOf, type Purchase } from '../../../domain/purchases/purchase.ts'
import { refusalOf } from '../policy/example-policy.ts'
import {
  AT,
  applyEvents,
  fullPayment,
  LATER,
  noPaymentFacts,
  paymentEvent,
  placeOrder,
  summarize,
} from './example-purchase.ts'

it('an unpaid purchase polls after ten minutes and after 25 hours, then waits for an event', () => {
  const first = placeOrder()
  expect(nextDueOf(first)).toBe(LATER)
  const second = stepPurchase(first, LATER).purchase
  expect(nextDueOf(second)).toBe('2027-02-01T10:00:00.000Z')
  const third = stepPurchase(second, '2027-02-01T10:00:00.000Z').purchase
  expect(third.state).toBe('expired')
  expect(nextDueOf(third)).toBeNull()
})

it('an order without its bank transfer expires, and a later payment still counts (KV-21)', () => {
  const ordered = placeOrder({}, 'bank_transfer')
  const due = '2027-02-14T09:00:00.000Z'
  expect(nextDueOf(ordered)).toBe(due)
  expect(stepPurchase(ordered, '2027-02-14T08:59:59.999Z').purchase).toEqual(ordered)
  const expired = stepPurchase(ordered, due).purchase
  expect(expired.state).toBe('expired')
  expect(nextDueOf(expired)).toBeNull()
  expect(applyPaymentFacts(expired, reducePaymentEvents([fullPayment]), due).purchase.state).toBe('paid')
})

it('a purchase that is granted late is delayed, and gets the bonus', () => {
  const facts = reducePaymentEvents([fullPayment])
  const fulfilling = stillGranting(applyPaymentFacts(placeOrder(), facts, AT).purchase, AT).purchase
  expect(fulfilling.state).toBe('fulfilling')
  expect(stepPurchase(fulfilling, '2027-01-31T09:09:59.999Z').purchase).toBe(fulfilling)
  const late = stepPurchase(fulfilling, LATER).purchase
  expect(late).toMatchObject({ state: 'delayed', attention: expect.any(String) })
  const fulfilled = fulfil(late, facts, 'fulfilled', LATER)
  expect(fulfilled.purchase).toMatchObject({ state: 'fulfilled', attention: null, given: { bonus: 15 } })
  expect(summarize(fulfilled.effects)).toEqual(['grant 100 credits', 'grant 15 bonus'])
  expect(fulfil(fulfilled.purchase, facts, 'reissued', LATER).effects).toEqual([])
})

it.each<[string, Purchase, PaymentEvent[], 'asked' | 'nobody_to_ask', Purchase['state'], string]>([
  ['not paid', placeOrder(), [], 'asked', 'awaiting_payment', 'not_paid'],
  ['a provider that cannot be polled', placeOrder(), [], 'nobody_to_ask', 'delayed', 'late'],
  ['paid', placeOrder(), [fullPayment], 'asked', 'reissued', 'reissued'],
  [
    'already granted',
    applyEvents(placeOrder(), [fullPayment]).purchase,
    [fullPayment],
    'asked',
    'fulfilled',
    'credits_are_there',
  ],
])('a report of missing credits: %s', (_what, before, events, asked, state, last) => {
  const step = reportMissing(before, reducePaymentEvents(events), asked, LATER)
  expect(step.purchase.state).toBe(state)
  expect(step.events.at(0)?.what).toBe('missing_reported')
  expect(step.events.at(-1)?.what).toBe(last)
})

it('reissued credits are not granted again by the payment, and not reissued after a refund', () => {
  const reissued = reissue(placeOrder(), noPaymentFacts, LATER)
  expect(summarize(reissued.effects)).toEqual(['grant 100 credits', 'grant 15 bonus'])
  const afterPayment = applyEvents(reissued.purchase, [fullPayment], LATER)
  expect(afterPayment).toMatchObject({ effects: [], purchase: { state: 'reissued', paid_at: LATER } })
  const afterRefund = applyEvents(
    reissued.purchase,
    [fullPayment, paymentEvent({ refunded: { amount: 999, of: 999 } })],
    LATER,
  )
  expect(summarize(afterRefund.effects)).toEqual(['take 100 credits', 'take 15 bonus'])
  expect(refusalOf(() => reissue(afterRefund.purchase, noPaymentFacts, LATER))).toMatchObject({
    code: 'invalid_request',
  })
})
