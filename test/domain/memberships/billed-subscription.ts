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

/** `due`: the cents that the customer pays; an invoice without any counts as paid. */
type Invoice = { lines: PaidLine[]; due: number; isPaid: boolean }

/** A subscription as Stripe bills it, month by month. */
export class BilledSubscription {
  plan: Plan
  now: string
  /** when the present period ends */
  to: string
  /** At once, an upgrade gives the whole month's difference and costs only the rest of it (BR-06): the credits that it gives besides. */
  givenByUpgrades = 0
  private from: string
  private anchor: string
  private periods = 0
  private pending: PaidLine[] = []
  /** what Stripe credited and no invoice has used yet */
  private balance = 0
  private readonly invoices: Invoice[] = []

  constructor(plan: Plan, now: string) {
    this.plan = plan
    this.now = this.to = this.from = this.anchor = now
    this.begin(true)
  }

  change(plan: Plan, billed: Billed, isPaid: boolean): void {
    this.pending.push(this.rest(-1), this.rest(1, plan))
    if (billed === 'at_once' && plan === 'large') this.givenByUpgrades += this.passed * DIFFERENCE
    this.plan = plan
    if (billed === 'at_once') this.bill([], isPaid)
  }

  /** Begins a period now, and credits the rest of the present one (`billing_cycle_anchor: now`). */
  restart(plan: Plan, isPaid: boolean): void {
    this.pending.push(this.rest(-1))
    this.plan = plan
    Object.assign(this, { anchor: this.now, periods: 0 })
    this.begin(isPaid)
  }

  renew(isPaid: boolean): void {
    this.now = this.to
    this.begin(isPaid)
  }

  /** The customer pays what is open. */
  pay(): void {
    for (const invoice of this.invoices) invoice.isPaid = true
  }

  /** Those of the paid invoices. */
  get lines(): PaidLine[] {
    return this.invoices.filter(({ isPaid }) => isPaid).flatMap(({ lines }) => lines)
  }

  /** The cents of the paid invoices, net of what they credited. */
  get kept(): number {
    return this.lines.reduce((sum, { amount }) => sum + amount, 0)
  }

  /** The cents that the customer has paid. */
  get received(): number {
    return this.invoices.reduce((sum, { isPaid, due }) => sum + (isPaid ? due : 0), 0)
  }

  /** Its other fields as they are read at Stripe. */
  get fields(): Partial<Subscription> {
    return { items: [{ id: 'si_1', plan: this.plan, slots: 1 }], billing_anchor: this.anchor }
  }

  private begin(isPaid: boolean): void {
    this.from = this.now
    this.periods += 1
    this.to = anniversary(new Date(this.anchor), this.periods, 'UTC').toISOString()
    this.bill([line({ plan: this.plan, from: this.from, to: this.to, amount: PRICES[this.plan] })], isPaid)
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

  private bill(lines: PaidLine[], isPaid: boolean): void {
    const invoice = `in_${this.invoices.length}`
    const all = [...this.pending, ...lines].map(each => ({ ...each, invoice }))
    const amount = all.reduce((sum, each) => sum + each.amount, 0)
    const due = Math.max(0, amount - this.balance)
    this.balance = Math.max(0, this.balance - amount)
    this.invoices.push({ lines: all, due, isPaid: isPaid || due === 0 })
    this.pending = []
  }
}
