import fc from 'fast-check'
import { type PaymentEvent, reducePaymentEvents } from '../../../domain/purchases/payment-facts.ts'
import type { PurchaseStep } from '../../../domain/purchases/purchase.ts'
import { AT, back, fails, follow, LATER, made, news, ordered, other, paid, pays } from './example-purchase.ts'

/** The lot of a purchase after its effects; nothing is spent. */
function lotAfter(steps: PurchaseStep[]) {
  const taken = new Map<string, number>()
  let granted = 0
  for (const effect of steps.flatMap(({ effects }) => effects)) {
    if (effect.kind === 'grant') granted += effect.credits
    else if (effect.kind === 'restore') taken.delete(effect.cause)
    else if (effect.kind === 'take') {
      const { cause, credits, besides = [] } = effect
      const already = [...taken].filter(([other]) => besides.some(beginning => other.startsWith(beginning)))
      const more = credits - already.reduce((sum, [, amount]) => sum + amount, 0)
      taken.set(cause, (taken.get(cause) ?? 0) + more)
    }
  }
  const revoked = [...taken.values()].reduce((sum, credits) => sum + credits, 0)
  expect(revoked).toBeLessThanOrEqual(granted)
  return { granted, available: granted - revoked }
}

it('any order of payment events, each once or more, leads to the same credits', () => {
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
    const pieces = [
      paid,
      news({ references: ['cs_1', 'pi_1'], paid: { amount: 999, currency: 'EUR', at: null } }),
      news({ ended: 'expired' }),
      news({ refunded: { amount: first, of: 999 } }),
      news({ refunded: { amount: Math.max(first, second), of: 999 } }),
      news({ dispute: { id: 'd', amount: disputed, status: 'open' } }),
      news({ dispute: { id: 'd', amount: disputed, status: ends as 'won' } }),
      pays(1, 'KRW', { references: ['pi_3'] }),
      ...(again ? [pays(999, 'EUR', other)] : []),
      ...(fail ? [fails(Math.max(first, second) - first)] : []),
    ]
    const order = fc.shuffledSubarray([...pieces, ...pieces], { minLength: 2 * pieces.length })
    return fc.record({ pieces: fc.constant(pieces), order })
  })
  fc.assert(
    fc.property(scenario, ({ pieces, order }) => {
      const play = (sequence: PaymentEvent[]) => {
        const steps: PurchaseStep[] = []
        let purchase = ordered()
        for (const n of sequence.keys()) {
          const step = follow(purchase, sequence.slice(0, n + 1))
          purchase = step.purchase
          steps.push(step)
        }
        return { state: purchase.state, ...lotAfter(steps) }
      }
      expect(play(order)).toEqual(play(pieces))
    }),
    { numRuns: 500 },
  )
})

it('the facts of a payment do not depend on the order of its events', () => {
  const piece = fc.oneof(
    fc.constant(paid),
    fc.constantFrom<PaymentEvent>(news({ ended: 'failed' }), news({ ended: 'expired' })),
    fc.integer({ min: 0, max: 999 }).map(amount => back(amount, 999, amount % 2 ? AT : LATER)),
    fc.boolean().map(failed => (failed ? fails(5) : made('re_1', 5))),
    fc.constantFrom(pays(1), pays(999, 'EUR', other), pays(999, 'EUR', { references: ['pi_1', 'pi_2'] })),
    fc
      .constantFrom('open', 'won', 'lost')
      .map(status => news({ dispute: { id: 'd', amount: 5, status: status as 'won' } })),
  )
  fc.assert(
    fc.property(
      fc
        .array(piece, { maxLength: 8 })
        .chain(all => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([all, shuffled]) => expect(reducePaymentEvents([...shuffled, ...shuffled])).toEqual(reducePaymentEvents(all)),
    ),
  )
})
