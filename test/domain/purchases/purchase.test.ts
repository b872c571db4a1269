import { fulfil, reissue, reportMissing, stepPurchase, stillGranting } from '../../../domain/purchases/fulfilment.ts'
import { type PaymentEvent, reducePaymentEvents } from '../../../domain/purchases/payment-facts.ts'
import { applyPaymentFacts } from '../../../domain/purchases/payments.ts'
import { nextDueOf, type Purchase } from '../../../domain/purchases/purchase.ts'
import { refusalOf } from '../policy/example-policy.ts'
import { AT, follow, inShort, LATER, news, nothing, ordered, paid } from './example-purchase.ts'

it('polls after ten minutes and after a day, then waits for an event', () => {
  const first = ordered()
  expect(nextDueOf(first)).toBe(LATER)
  const second = stepPurchase(first, LATER).purchase
  expect(nextDueOf(second)).toBe('2027-02-01T10:00:00.000Z')
  const third = stepPurchase(second, '2027-02-01T10:00:00.000Z').purchase
  expect(third.state).toBe('expired')
  expect(nextDueOf(third)).toBeNull()
  expect(nextDueOf(ordered({}, 'bank_transfer'))).toBeNull()
})

it('a late grant is delayed, and comes with the bonus', () => {
  const facts = reducePaymentEvents([paid])
  const owed = stillGranting(applyPaymentFacts(ordered(), facts, AT).purchase, AT).purchase
  expect(owed.state).toBe('fulfilling')
  expect(stepPurchase(owed, '2027-01-31T09:09:59.999Z').purchase).toBe(owed)
  const late = stepPurchase(owed, LATER).purchase
  expect(late).toMatchObject({ state: 'delayed', attention: expect.any(String) })
  const given = fulfil(late, facts, 'fulfilled', LATER)
  expect(given.purchase).toMatchObject({ state: 'fulfilled', attention: null, given: { bonus: 15 } })
  expect(inShort(given.effects)).toEqual(['grant 100 credits', 'grant 15 bonus'])
  expect(fulfil(given.purchase, facts, 'reissued', LATER).effects).toEqual([])
})

it.each<[string, Purchase, PaymentEvent[], 'asked' | 'nobody_to_ask', Purchase['state'], string]>([
  ['not paid', ordered(), [], 'asked', 'awaiting_payment', 'not_paid'],
  ['nobody to ask', ordered(), [], 'nobody_to_ask', 'delayed', 'late'],
  ['paid', ordered(), [paid], 'asked', 'reissued', 'reissued'],
  ['there already', follow(ordered(), [paid]).purchase, [paid], 'asked', 'fulfilled', 'credits_are_there'],
])('missing: %s', (_what, before, pieces, asked, state, last) => {
  const step = reportMissing(before, reducePaymentEvents(pieces), asked, LATER)
  expect(step.purchase.state).toBe(state)
  expect(step.events.at(0)?.what).toBe('missing_reported')
  expect(step.events.at(-1)?.what).toBe(last)
})

it('reissued credits are not granted again by the payment, and not reissued after a refund', () => {
  const word = reissue(ordered(), nothing, LATER)
  expect(inShort(word.effects)).toEqual(['grant 100 credits', 'grant 15 bonus'])
  const then = follow(word.purchase, [paid], LATER)
  expect(then).toMatchObject({ effects: [], purchase: { state: 'reissued', paid_at: LATER } })
  const back = follow(word.purchase, [paid, news({ refunded: { amount: 999, of: 999 } })], LATER)
  expect(inShort(back.effects)).toEqual(['take 100 credits', 'take 15 bonus'])
  expect(refusalOf(() => reissue(back.purchase, nothing, LATER))).toMatchObject({ code: 'invalid_request' })
})
