import fc from 'fast-check'
import { type PaymentEvent, reducePaymentEvents } from '../../../domain/purchases/payment-facts.ts'
import type { PurchaseStep } from '../../../domain/purchases/purchase.ts'
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
} from './example-purchase.ts'

/** The credits of a purchase after its effects, when none is spent. */
function lotAfter(steps: PurchaseStep[]) {
  const revokedByCause = new Map<string, number>()
  let granted = 0
  for (const effect of steps.flatMap(({ effects }) => effects)) {
    if (effect.kind === 'grant') granted += effect.credits
    else if (effect.kind === 'restore') revokedByCause.delete(effect.cause)
    else if (effect.kind === 'take') {
      const { cause, credits, besides = [] } = effect
      const otherCauses = [...revokedByCause].filter(([other]) => besides.some(prefix => other.startsWith(prefix)))
      const more = credits - otherCauses.reduce((sum, [, amount]) => sum + amount, 0)
      revokedByCause.set(cause, (revokedByCause.get(cause) ?? 0) + more)
    }
  }
  const revoked = [...revokedByCause.values()].reduce((sum, credits) => sum + credits, 0)
  expect(revoked).toBeLessThanOrEqual(granted)
  return { granted, available: granted - revoked }
}

it('any order of payment events, each once or repeated, leads to the same credits', () => {
  const money = fc.integer({ min: 1, max: 999 })
  const events = fc.record({
    first: money,
    second: money,
    disputed: money,
    ends: fc.constantFrom('won', 'lost'),
    again: fc.boolean(),
    fail: fc.boolean(),
  })
  const scenario = events.chain(({ first, second, disputed, ends, again, fail }) => {
    const paymentEvents = [
      fullPayment,
      paymentEvent({ references: ['cs_1', 'pi_1'], paid: { amount: 999, currency: 'EUR', at: null } }),
      paymentEvent({ ended: 'expired' }),
      paymentEvent({ refunded: { amount: first, of: 999 } }),
      paymentEvent({ refunded: { amount: Math.max(first, second), of: 999 } }),
      paymentEvent({ dispute: { id: 'd', amount: disputed, status: 'open' } }),
      paymentEvent({ dispute: { id: 'd', amount: disputed, status: ends as 'won' } }),
      payment(1, 'KRW', { references: ['pi_3'] }),
      ...(again ? [payment(999, 'EUR', otherPayment)] : []),
      ...(fail ? [refundFailure(Math.max(first, second) - first)] : []),
    ]
    const order = fc.shuffledSubarray([...paymentEvents, ...paymentEvents], { minLength: 2 * paymentEvents.length })
    return fc.record({ paymentEvents: fc.constant(paymentEvents), order })
  })
  fc.assert(
    fc.property(scenario, ({ paymentEvents, order }) => {
      const applySequence = (sequence: PaymentEvent[]) => {
        const steps: PurchaseStep[] = []
        let purchase = placeOrder()
        for (const n of sequence.keys()) {
          const step = applyEvents(purchase, sequence.slice(0, n + 1))
          purchase = step.purchase
          steps.push(step)
        }
        return { state: purchase.state, ...lotAfter(steps) }
      }
      expect(applySequence(order)).toEqual(applySequence(paymentEvents))
    }),
    { numRuns: 500 },
  )
})

it('the facts of a payment do not depend on the order of its events', () => {
  const event = fc.oneof(
    fc.constant(fullPayment),
    fc.constantFrom<PaymentEvent>(paymentEvent({ ended: 'failed' }), paymentEvent({ ended: 'expired' })),
    fc.integer({ min: 0, max: 999 }).map(amount => refundTotal(amount, 999, amount % 2 ? AT : LATER)),
    fc.boolean().map(failed => (failed ? refundFailure(5) : refundMade('re_1', 5))),
    fc.boolean().map(voided => paymentEvent({ credited: { id: 'n', amount: 9, voided } })),
    fc.constantFrom(
      payment(1),
      payment(999, 'EUR', otherPayment),
      payment(999, 'EUR', { references: ['pi_1', 'pi_2'] }),
    ),
    fc
      .constantFrom('open', 'won', 'lost')
      .map(status => paymentEvent({ dispute: { id: 'd', amount: 5, status: status as 'won' } })),
  )
  fc.assert(
    fc.property(
      fc
        .array(event, { maxLength: 8 })
        .chain(all => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([all, shuffled]) => expect(reducePaymentEvents([...shuffled, ...shuffled])).toEqual(reducePaymentEvents(all)),
    ),
  )
})
