import type { PaidLine, Subscription } from '../../../domain/memberships/subscriptions/subscription.ts'
import { anniversary } from '../../../domain/shared/calendar.ts'
import { line } from './example-payments.ts'

const PRICES = { small: 1000, large: 3000 }
/** of both plans */
export const CENTS_PER_CREDIT = 2
/** between the monthly credits of the plans */
const DIFFERENCE = (PRICES.large - PRICES.small) / CENTS_PER_CREDIT

export type Plan = keyof typeof PRICES

/** When Stripe bills a change of plan: with what follows it (`create_prorations`), or by itself (`always_invoice`). */
export type Billed = 'with_renewal' | 'at_once'

/** A subscription as Stripe bills it, month by month. Every invoice is paid. */
export class BilledSubscription {
  plan: Plan
  now: string
  /** when the present period ends */
  to: string
  /** those of all invoices */
  lines: PaidLine[] = []
  /** At once, an upgrade gives the whole month's difference and costs only the rest of it (BR-06): the credits that it gives besides. */
  givenByUpgrades = 0
  private from: string
  private anchor: string
  private periods = 0
  private pending: PaidLine[] = []

  constructor(plan: Plan, now: string) {
    this.plan = plan
    this.now = this.to = this.from = this.anchor = now
    this.begin()
  }

  change(plan: Plan, billed: Billed): void {
    this.pending.push(this.rest(-1), this.rest(1, plan))
    if (billed === 'at_once' && plan === 'large') this.givenByUpgrades += this.passed * DIFFERENCE
    this.plan = plan
    if (billed === 'at_once') this.bill([])
  }

  /** Begins a period now, and credits the rest of the present one (`billing_cycle_anchor: now`). */
  restart(plan: Plan): void {
    this.pending.push(this.rest(-1))
    this.plan = plan
    Object.assign(this, { anchor: this.now, periods: 0 })
    this.begin()
  }

  renew(): void {
    this.now = this.to
    this.begin()
  }

  /** The cents that were paid, net of what was credited. */
  get kept(): number {
    return this.lines.reduce((sum, { amount }) => sum + amount, 0)
  }

  /** Its other fields as they are read at Stripe. */
  get fields(): Partial<Subscription> {
    return { items: [{ id: 'si_1', plan: this.plan, slots: 1 }], billing_anchor: this.anchor }
  }

  private begin(): void {
    this.from = this.now
    this.periods += 1
    this.to = anniversary(new Date(this.anchor), this.periods, 'UTC').toISOString()
    this.bill([line({ plan: this.plan, from: this.from, to: this.to, amount: PRICES[this.plan] })])
  }

  /** The share of the present period that has passed. */
  private get passed(): number {
    const [now, from, to] = [this.now, this.from, this.to].map(Date.parse) as [number, number, number]
    return (now - from) / (to - from)
  }

  /** The rest of the period, as Stripe prorates it. */
  private rest(sign: 1 | -1, plan = this.plan): PaidLine {
    const amount = sign * Math.round(PRICES[plan] * (1 - this.passed))
    return line({ plan, from: this.now, to: this.to, proration: true, amount })
  }

  private bill(lines: PaidLine[]): void {
    const invoice = `in_${this.lines.length}`
    this.lines = [...this.lines, ...[...this.pending, ...lines].map(each => ({ ...each, invoice }))]
    this.pending = []
  }
}
