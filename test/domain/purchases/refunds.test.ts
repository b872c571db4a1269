import { reissue } from '../../../domain/purchases/fulfilment.ts'
import type { Purchase } from '../../../domain/purchases/purchase.ts'
import { refundable, refundFailed, refundPaid, requestRefund } from '../../../domain/purchases/refunds/terms.ts'
import { providerRefused } from '../../../domain/shared/refusals.ts'
import { refusalOf } from '../policy/example-policy.ts'
import {
  AT,
  applyEvents,
  fulfilledPurchase,
  fullPayment,
  LATER,
  noPaymentFacts,
  paymentEvent,
  placeOrder,
  REFUND_PERIOD_END,
  refundFailure,
  refundTotal,
  summarize,
} from './example-purchase.ts'

const unusedOnly = { refund: { window: 'P14D', what: 'unused_only' } }

//     terms        left  used  at       outcome
it.each<[string, object, number, number, string, object]>([
  ['all', {}, 100, 0, AT, { credits: 100, amount: 999 }],
  ['a part of the credits, rounded down', {}, 33, 67, AT, { credits: 33, amount: 329 }],
  ['all in the last moment', {}, 100, 0, '2027-02-14T08:59:59.999Z', { credits: 100, amount: 999 }],
  ['all after the period', {}, 100, 0, REFUND_PERIOD_END, { code: 'refund_window_passed', until: REFUND_PERIOD_END }],
  ['nothing, when all are used', {}, 0, 100, AT, { code: 'refund_used' }],
  ['nothing, when all are expired', {}, 0, 0, AT, { code: 'refund_used' }],
  ['a purchase without refunds', { refund: 'never' }, 100, 0, AT, { code: 'refund_not_offered' }],
  ['unused only', unusedOnly, 100, 0, AT, { credits: 100, amount: 999 }],
  ['unused only, with one used', unusedOnly, 99, 1, AT, { code: 'refund_used' }],
])('refundable: %s', (_what, terms, left, used, at, outcome) => {
  const decide = () => refundable(fulfilledPurchase(terms), { left, used }, at)
  expect('code' in outcome ? refusalOf(decide) : decide()).toMatchObject(outcome)
})

it.each<[string, Purchase, string]>([
  ['not paid', placeOrder(), 'refund_not_offered'],
  ['reissued without a payment', reissue(placeOrder(), noPaymentFacts, AT).purchase, 'refund_not_offered'],
  [
    'disputed',
    applyEvents(placeOrder(), [fullPayment, paymentEvent({ dispute: { id: 'd', amount: 9, status: 'open' } })])
      .purchase,
    'refund_not_offered',
  ],
])('a purchase that is %s is not refunded', (_what, purchase, code) => {
  expect(refusalOf(() => refundable(purchase, { left: 100, used: 0 }, AT))).toMatchObject({ code })
})

it('a refund revokes the credits first, and restores them when the payment provider declines', () => {
  const requested = requestRefund(fulfilledPurchase(), { left: 40, used: 60 }, 'why', AT)
  expect(summarize(requested.effects)).toEqual(['take 40 credits'])
  expect(requested.purchase).toMatchObject({ state: 'fulfilled', refund: { amount: 399, state: 'pending' } })
  expect(requestRefund(requested.purchase, { left: 0, used: 60 }, 'again', AT).effects).toEqual([])
  const failed = refundFailed(requested.purchase, providerRefused('declined', 'declined: no balance'), AT)
  expect(summarize(failed.effects)).toEqual(['restore refund/1'])
  expect(failed.purchase).toMatchObject({
    state: 'fulfilled',
    taken_for_refunds: 0,
    attention: expect.stringMatching(/no balance$/),
  })
  expect(failed.events).toMatchObject([{ detail: { reason: 'declined' } }])
  const again = requestRefund(failed.purchase, { left: 40, used: 60 }, 'again', AT)
  expect(again.purchase.refund).toMatchObject({ number: 2 })
  const done = refundPaid(again.purchase, null, AT)
  expect(done.purchase).toMatchObject({ state: 'refunded', closed: true })
  expect(
    applyEvents(done.purchase, [fullPayment, paymentEvent({ refunded: { amount: 399, of: 999 } })]).effects,
  ).toEqual([])
})

it('a refund that fails after the provider accepted it restores the credits', () => {
  const refunded = applyEvents(placeOrder(), [fullPayment, refundTotal(500)]).purchase
  expect(refunded).toMatchObject({ taken_for_refunds: 50, money_back: 500 })
  const failed = applyEvents(refunded, [fullPayment, refundTotal(500), refundFailure(500)], LATER)
  expect(summarize(failed.effects)).toEqual(['restore money-back/50'])
  expect(failed.purchase).toMatchObject({
    state: 'fulfilled',
    taken_for_refunds: 0,
    money_back: 0,
    attention: expect.stringMatching(/^Refund failed: €5\.00/),
  })
  const refundedHere = refundPaid(
    requestRefund(fulfilledPurchase(), { left: 40, used: 60 }, 'why', AT).purchase,
    null,
    AT,
  ).purchase
  for (const events of [
    [fullPayment, refundFailure(399, 1)],
    [fullPayment, refundTotal(399), refundFailure(399, 1)],
  ]) {
    const after = applyEvents(refundedHere, events, LATER)
    expect(summarize(after.effects)).toEqual(['restore refund/1'])
    expect(after.purchase).toMatchObject({
      state: 'fulfilled',
      taken_for_refunds: 0,
      refund: { state: 'failed' },
    })
    expect(applyEvents(after.purchase, events, LATER)).toMatchObject({ effects: [], events: [] })
  }
  const confirmed = applyEvents(refundedHere, [fullPayment, refundTotal(399)]).purchase
  const revoked = applyEvents(confirmed, [fullPayment, refundTotal(399), refundTotal(0, 999, LATER)], LATER)
  expect(summarize(revoked.effects)).toEqual(['restore refund/1'])
})

it('credits that return to the lot after a refund can be refunded too', () => {
  const requested = requestRefund(fulfilledPurchase(), { left: 70, used: 30 }, 'why', AT)
  const done = refundPaid(requested.purchase, null, AT).purchase
  expect(requestRefund(done, { left: 0, used: 30 }, 'again', AT)).toMatchObject({ effects: [], events: [] })
  const second = requestRefund(done, { left: 30, used: 0 }, 'again', AT)
  expect(summarize(second.effects)).toEqual(['take 30 credits'])
  expect(second.purchase.refund).toMatchObject({ number: 2, amount: 299, state: 'pending' })
  expect(refusalOf(() => requestRefund(done, { left: 30, used: 0 }, 'late', REFUND_PERIOD_END))).toMatchObject({
    code: 'refund_window_passed',
  })
})
