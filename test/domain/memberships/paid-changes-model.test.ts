import fc from 'fast-check'
import type { PaidLine } from '../../../domain/memberships/subscriptions/subscription.ts'
import { addDuration } from '../../../domain/shared/calendar.ts'
import { FEB, JAN, line, type Reading, syncAll } from './example-payments.ts'

// Stories of a subscription at Stripe: changes of plan that are billed with the renewal (Stripe's default), downgrades that
// are credited at once, and restarted cycles. Both plans sell a credit for two cents, so the money that Stripe has kept says how
// many credits the customer may have.

const PRICES = { small: 1000, large: 3000 }
const CENTS_PER_CREDIT = 2
const HOUR_MS = 3_600_000

type Plan = keyof typeof PRICES
type Act = { kind: 'change' | 'change_at_once' | 'restart' | 'renewal'; plan: Plan; hours: number; isKnown: boolean }

const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom(
    'change' as const,
    'change' as const,
    'change_at_once' as const,
    'restart' as const,
    'renewal' as const,
  ),
  plan: fc.constantFrom<Plan>('small', 'large'),
  hours: fc.constantFrom(1, 6, 24, 24 * 7),
  isKnown: fc.constantFrom(true, true, true, false),
})

/** A subscription at Stripe, which has paid for its first month. */
class Subscription {
  plan: Plan
  from = JAN
  to = FEB
  now = JAN
  private pending: PaidLine[] = []
  readonly lines: PaidLine[]

  constructor(plan: Plan) {
    this.plan = plan
    this.lines = [line({ plan, amount: PRICES[plan] })]
  }

  act({ kind, plan, hours }: Act): void {
    const at = new Date(Date.parse(this.now) + hours * HOUR_MS).toISOString()
    if (kind === 'renewal' || at >= this.to) this.renew()
    else {
      this.now = at
      if (kind === 'restart') this.restart(plan)
      else if (plan !== this.plan) this.change(plan, kind === 'change_at_once')
    }
  }

  /** An upgrade that is paid at once grants the whole difference (BR-06), so it waits for the renewal here. */
  private change(plan: Plan, isAtOnce: boolean): void {
    this.pending.push(this.rest(-1), this.rest(1, plan))
    this.plan = plan
    if (isAtOnce && plan === 'small') this.bill([])
  }

  private renew(): void {
    this.now = this.to
    this.begin(this.to)
  }

  private restart(plan: Plan): void {
    this.pending.push(this.rest(-1))
    this.plan = plan
    this.begin(this.now)
  }

  private begin(from: string): void {
    const to = addDuration(new Date(from), 'P1M', 'UTC').toISOString()
    Object.assign(this, { from, to })
    this.bill([line({ plan: this.plan, from, to, amount: PRICES[this.plan] })])
  }

  /** The rest of the period, as Stripe prorates it. */
  private rest(sign: 1 | -1, plan = this.plan): PaidLine {
    const [now, from, to] = [this.now, this.from, this.to].map(Date.parse) as [number, number, number]
    const amount = sign * Math.round((PRICES[plan] * (to - now)) / (to - from))
    return line({ plan, from: this.now, to: this.to, proration: true, amount })
  }

  private bill(lines: PaidLine[]): void {
    const invoice = `in_${this.lines.length}`
    this.lines.push(...[...this.pending, ...lines].map(each => ({ ...each, invoice })))
    this.pending = []
  }

  get paid(): number {
    return this.lines.reduce((sum, { amount }) => sum + amount, 0)
  }
}

const story = fc.record({ plan: fc.constantFrom<Plan>('small', 'large'), acts: fc.array(act, { maxLength: 8 }) })

test('a customer has the credits that were paid for, net of what was credited', () => {
  fc.assert(
    fc.property(story, ({ plan, acts }) => {
      const subscription = new Subscription(plan)
      const readings: Reading[] = [[JAN, [...subscription.lines]]]
      const read = () =>
        readings.push([
          subscription.now,
          [...subscription.lines],
          { items: [{ id: 'si_1', plan: subscription.plan, slots: 1 }] },
        ])
      for (const each of acts) {
        subscription.act(each)
        if (each.isKnown) read()
      }
      read()
      const steps = syncAll(readings, { refund: 'keep' })
      const { revoked = {}, returned = {} } = steps.at(-1)?.membership ?? {}
      const sum = (amounts: number[]) => amounts.reduce((total, each) => total + each, 0)
      const granted = sum(steps.flatMap(({ due }) => due.map(({ credits }) => credits)))
      const kept = granted - sum(Object.values(revoked)) - sum(Object.values(returned))
      const tolerance = 2 + 2 * subscription.lines.length
      expect(kept).toBeLessThanOrEqual(subscription.paid / CENTS_PER_CREDIT + tolerance)
    }),
    { numRuns: 300 },
  )
})
