import { reissue } from '../../../domain/purchases/fulfilment.ts'
import type { Purchase } from '../../../domain/purchases/purchase.ts'
import { refundable, refundFailed, refundPaid, requestRefund } from '../../../domain/purchases/refund-terms.ts'
import { providerRefused } from '../../../domain/shared/refusals.ts'
import { refusalOf } from '../policy/example-policy.ts'
import {
  AT,
  back,
  bought,
  END,
  fails,
  follow,
  inShort,
  LATER,
  news,
  nothing,
  ordered,
  paid,
} from './example-purchase.ts'

const unusedOnly = { refund: { window: 'P14D', what: 'unused_only' } }

//     terms        left  used  at       outcome
it.each<[string, object, number, number, string, object]>([
  ['all', {}, 100, 0, AT, { credits: 100, amount: 999 }],
  ['a part, rounded down', {}, 33, 67, AT, { credits: 33, amount: 329 }],
  ['the last moment', {}, 100, 0, '2027-02-14T08:59:59.999Z', { credits: 100, amount: 999 }],
  ['too late', {}, 100, 0, END, { code: 'refund_window_passed', until: END }],
  ['all used', {}, 0, 100, AT, { code: 'refund_used' }],
  ['expired', {}, 0, 0, AT, { code: 'refund_used' }],
  ['never', { refund: 'never' }, 100, 0, AT, { code: 'refund_not_offered' }],
  ['unused', unusedOnly, 100, 0, AT, { credits: 100, amount: 999 }],
  ['used a little', unusedOnly, 99, 1, AT, { code: 'refund_used' }],
])('a refund of %s', (_what, terms, left, used, at, outcome) => {
  const decide = () => refundable(bought(terms), { left, used }, at)
  expect('code' in outcome ? refusalOf(decide) : decide()).toMatchObject(outcome)
})

it.each<[string, Purchase, string]>([
  ['not paid', ordered(), 'refund_not_offered'],
  ['reissued on a word', reissue(ordered(), nothing, AT).purchase, 'refund_not_offered'],
  [
    'disputed',
    follow(ordered(), [paid, news({ dispute: { id: 'd', amount: 9, status: 'open' } })]).purchase,
    'refund_not_offered',
  ],
])('%s is not refunded', (_what, purchase, code) => {
  expect(refusalOf(() => refundable(purchase, { left: 100, used: 0 }, AT))).toMatchObject({ code })
})

it('a refund revokes the credits first, and restores them when the payment provider declines', () => {
  const asked = requestRefund(bought(), { left: 40, used: 60 }, 'why', AT)
  expect(inShort(asked.effects)).toEqual(['take 40 credits'])
  expect(asked.purchase).toMatchObject({ state: 'fulfilled', refund: { amount: 399, state: 'pending' } })
  expect(requestRefund(asked.purchase, { left: 0, used: 60 }, 'again', AT).effects).toEqual([])
  const failed = refundFailed(asked.purchase, providerRefused('declined', 'declined: no balance'), AT)
  expect(inShort(failed.effects)).toEqual(['restore refund/1'])
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
  expect(follow(done.purchase, [paid, news({ refunded: { amount: 399, of: 999 } })]).effects).toEqual([])
})

it('credits come back when a refund fails after the provider accepted it', () => {
  const refunded = follow(ordered(), [paid, back(500)]).purchase
  expect(refunded).toMatchObject({ taken_for_refunds: 50, money_back: 500 })
  const failed = follow(refunded, [paid, back(500), fails(500)], LATER)
  expect(inShort(failed.effects)).toEqual(['restore money-back/50'])
  expect(failed.purchase).toMatchObject({
    state: 'fulfilled',
    taken_for_refunds: 0,
    money_back: 0,
    attention: expect.stringMatching(/^Refund failed: €5\.00/),
  })
  const ours = refundPaid(requestRefund(bought(), { left: 40, used: 60 }, 'why', AT).purchase, null, AT).purchase
  for (const pieces of [
    [paid, fails(399, 1)],
    [paid, back(399), fails(399, 1)],
  ]) {
    const after = follow(ours, pieces, LATER)
    expect(inShort(after.effects)).toEqual(['restore refund/1'])
    expect(after.purchase).toMatchObject({
      state: 'fulfilled',
      taken_for_refunds: 0,
      refund: { state: 'failed' },
    })
    expect(follow(after.purchase, pieces, LATER)).toMatchObject({ effects: [], events: [] })
  }
  const told = follow(ours, [paid, back(399)]).purchase
  const zero = follow(told, [paid, back(399), back(0, 999, LATER)], LATER)
  expect(inShort(zero.effects)).toEqual(['restore refund/1'])
})

it('credits that come back after a refund can be refunded too', () => {
  const held = requestRefund(bought(), { left: 70, used: 30 }, 'why', AT)
  const done = refundPaid(held.purchase, null, AT).purchase
  expect(requestRefund(done, { left: 0, used: 30 }, 'again', AT)).toMatchObject({ effects: [], events: [] })
  const rest = requestRefund(done, { left: 30, used: 0 }, 'again', AT)
  expect(inShort(rest.effects)).toEqual(['take 30 credits'])
  expect(rest.purchase.refund).toMatchObject({ number: 2, amount: 299, state: 'pending' })
  expect(refusalOf(() => requestRefund(done, { left: 30, used: 0 }, 'late', END))).toMatchObject({
    code: 'refund_window_passed',
  })
})
