import { refundByException, requestExceptionalRefund } from '../../../domain/purchases/refunds/exceptions.ts'
import { refundFailed } from '../../../domain/purchases/refunds/terms.ts'
import { providerRefused } from '../../../domain/shared/refusals.ts'
import { refusalOf } from '../policy/example-policy.ts'
import {
  AT,
  applyEvents,
  fulfilledPurchase,
  fullPayment,
  placeOrder,
  refundTotal,
  summarize,
} from './example-purchase.ts'

const never = fulfilledPurchase({ refund: 'never' })
const halfBack = applyEvents(placeOrder({ refund: 'never' }), [fullPayment, refundTotal(500)]).purchase

//     purchase   left  used  asked      outcome
it.each<[string, typeof never, number, number, number | undefined, object]>([
  ['all that is unused', never, 100, 0, undefined, { credits: 100, amount: 999 }],
  ['the price of the unused part, rounded down', never, 33, 67, undefined, { credits: 33, amount: 329 }],
  ['nothing is unused', never, 0, 100, undefined, { code: 'refund_used', used: 100 }],
  ['all the money of used credits', never, 0, 100, 999, { credits: 0, amount: 999 }],
  ['all the money, and what is unused goes', never, 40, 60, 999, { credits: 40, amount: 999 }],
  ['a part of the money, its credits rounded down', never, 100, 0, 500, { credits: 50, amount: 500 }],
  ['more than the price', never, 100, 0, 1000, { code: 'invalid_request' }],
  ['what did not go back yet', halfBack, 50, 0, undefined, { amount: 499 }],
  ['more than did not go back yet', halfBack, 50, 0, 500, { code: 'invalid_request' }],
  ['not paid', placeOrder(), 0, 0, 10, { code: 'refund_not_offered' }],
])('by exception: %s', (_what, purchase, left, used, asked, outcome) => {
  const decide = () => refundByException(purchase, { left, used }, asked)
  expect('code' in outcome ? refusalOf(decide) : decide()).toMatchObject(outcome)
})

it('redeemed credits that are unspent count as unused', () => {
  expect(refundByException(never, { left: 0, used: 100, spent: 60, kept: 40 })).toEqual({ credits: 40, amount: 399 })
})

it('it leaves credits that were spent meanwhile, and a decline restores what it took', () => {
  const asked = requestExceptionalRefund(never, { credits: 40, amount: 999 }, 'goodwill', AT)
  expect(asked.effects).toMatchObject([{ kind: 'take', credits: 40, short: 'leave' }])
  expect(asked.purchase.refund).toMatchObject({ amount: 999, credits: 40, state: 'pending' })
  const failed = refundFailed(asked.purchase, providerRefused('declined'), AT)
  expect(summarize(failed.effects)).toEqual(['restore refund/1'])
  expect(failed.purchase.taken_for_refunds).toBe(0)
})

it('money that went back since it was decided is not paid twice', () => {
  expect(
    refusalOf(() => requestExceptionalRefund(halfBack, { credits: 40, amount: 500 }, 'goodwill', AT)),
  ).toMatchObject({
    code: 'refund_not_offered',
  })
})
