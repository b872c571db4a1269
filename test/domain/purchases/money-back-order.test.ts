import fc from 'fast-check'
import type { PaymentEvent } from '../../../domain/purchases/payment-facts.ts'
import type { Effect } from '../../../domain/purchases/purchase.ts'
import { applyEvents, fullPayment, paymentEvent, placeOrder, refundTotal } from './example-purchase.ts'

/** The credits of a purchase in the ledger: some are spent as soon as they are granted. */
class Ledger {
  private available = 0
  private readonly spent: number
  private readonly taken = new Map<string, number>()
  private readonly debts = new Map<string, number>()

  constructor(spent: number) {
    this.spent = spent
  }

  apply(effect: Effect): void {
    if (effect.kind === 'grant') this.available += effect.credits - Math.min(this.spent, effect.credits)
    if (effect.kind === 'restore') {
      this.available += this.taken.get(effect.cause) ?? 0
      this.taken.delete(effect.cause)
      this.debts.delete(effect.cause)
      for (const [cause, debt] of this.debts) this.pay(cause, debt)
    }
    if (effect.kind !== 'take') return
    const { cause, credits, short, besides = [] } = effect
    const others = [...this.taken].filter(([other]) => besides.some(prefix => other.startsWith(prefix)))
    const wanted = Math.max(0, credits - others.reduce((sum, [, amount]) => sum + amount, 0))
    const amount = Math.min(wanted, this.available)
    this.available -= amount
    this.taken.set(cause, (this.taken.get(cause) ?? 0) + amount)
    if (short === 'debt' && wanted > amount) this.debts.set(cause, (this.debts.get(cause) ?? 0) + wanted - amount)
  }

  private pay(cause: string, debt: number): void {
    const amount = Math.min(debt, this.available)
    this.available -= amount
    this.taken.set(cause, (this.taken.get(cause) ?? 0) + amount)
    this.debts.set(cause, debt - amount)
  }

  balance() {
    return { available: this.available, debt: [...this.debts.values()].reduce((sum, debt) => sum + debt, 0) }
  }
}

function balanceAfter(sequence: PaymentEvent[], spent: number) {
  const ledger = new Ledger(spent)
  let purchase = placeOrder()
  for (const n of sequence.keys()) {
    const step = applyEvents(purchase, sequence.slice(0, n + 1))
    purchase = step.purchase
    for (const effect of step.effects) ledger.apply(effect)
  }
  return { ...ledger.balance(), state: purchase.state }
}

it('a refund and a dispute of spent credits owe the same in either order of their events', () => {
  const refund = refundTotal(500, 999)
  const dispute = paymentEvent({ dispute: { id: 'd', amount: 999, status: 'open' } })
  const spent = placeOrder().credits
  expect(balanceAfter([fullPayment, refund, dispute], spent)).toEqual(
    balanceAfter([fullPayment, dispute, refund], spent),
  )
})

it('refunds and disputes of partly spent credits owe the same in any order', () => {
  const money = fc.integer({ min: 1, max: 999 })
  const status = fc.constantFrom('open' as const, 'won' as const, 'lost' as const)
  const scenario = fc
    .record({
      spent: fc.integer({ min: 0, max: placeOrder().credits }),
      first: money,
      second: money,
      disputed: money,
      other: money,
      credited: money,
      voided: fc.boolean(),
      status,
    })
    .chain(({ spent, first, second, disputed, other, credited, voided, status }) => {
      const events = [
        refundTotal(first, 999),
        refundTotal(Math.max(first, second), 999),
        paymentEvent({ dispute: { id: 'd', amount: disputed, status: 'open' } }),
        paymentEvent({ dispute: { id: 'd', amount: disputed, status } }),
        paymentEvent({ dispute: { id: 'e', amount: other, status: 'open' } }),
        paymentEvent({ credited: { id: 'n', amount: credited, voided: false } }),
        paymentEvent({ credited: { id: 'n', amount: credited, voided } }),
      ]
      const order = fc.shuffledSubarray([...events, ...events], { minLength: 2 * events.length })
      return fc.record({ spent: fc.constant(spent), events: fc.constant(events), order })
    })
  fc.assert(
    fc.property(scenario, ({ spent, events, order }) => {
      expect(balanceAfter([fullPayment, ...order], spent)).toEqual(balanceAfter([fullPayment, ...events], spent))
    }),
    { numRuns: 1_000 },
  )
})
