import { attention } from '../../shared/attention.ts'
import { FOREVER, type Membership, type MoneyBack, type MonthGranted, type Step } from '../membership.ts'
import { forSlots, type Plans } from '../terms.ts'
import type { SubscriptionSnapshot } from './subscription.ts'

/**
 * An effect on the lots of a month: take its unused credits up to a total, restore the taken credits, or return a total to the
 * provider's credit for the rest of the month, where used ones become a debt.
 */
export type MonthEffect =
  | { kind: 'take' | 'return'; month: string; credits: number; until: string; sources: string[] }
  | { kind: 'restore'; month: string }

/** The cause under which the ledger records the credits taken of a month whose money went back. */
export function monthCause(membership: string, month: string): string {
  return `${membership}/money-back/${month}`
}

/** The cause under which the ledger records the credits returned of a month that a restarted cycle ended. */
export function restartCause(membership: string, month: string): string {
  return `${membership}/restart/${month}`
}

/** Older months are final: no card network takes a payment back after two years. */
const MONTHS_KEPT = 36

/**
 * The money of a subscription's payments that went back; null if none did. A payment that the snapshot lacks keeps its last
 * state, so that nothing is restored because it was not read. The terms at the sale take precedence over later ones.
 */
export function moneyBackOf(
  { terms, provider }: Membership,
  { paid }: SubscriptionSnapshot,
  plans: Plans,
): MoneyBack | null {
  // Credits of a late change belong to the month in which its invoice was paid.
  const read = paid
    .filter(({ late }) => !late)
    .map(({ from, to, proration, back, credited, ...plan }) => ({
      from,
      to,
      proration,
      credits: creditsOfPlan(plans, plan),
      back: back?.amount ?? 0,
      credited: credited?.amount ?? 0,
      of: back?.of ?? credited?.of ?? 1,
    }))
  const last = provider?.money_back
  const unread = (last?.payments ?? []).filter(payment => !read.some(each => isSameTime(each, payment)))
  const payments = [...unread, ...read]
  if (!payments.some(payment => returnedOf(payment) > 0)) return null
  const rules = [terms, ...paid.map(({ plan }) => plans[plan])].map(each => each?.refund)
  return { rule: rules.find(rule => rule !== undefined) ?? last?.rule ?? null, payments }
}

/** The monthly credits of a paid plan; 0 where the policy has none. */
export function creditsOfPlan(plans: Plans, { plan, slots }: { plan: string | null; slots: number }): number {
  return forSlots((plan === null ? null : plans[plan]?.monthly?.credits) ?? 0, slots) ?? 0
}

type Time = { from: string; to: string; proration: boolean }

function isSameTime(a: Time, b: Time): boolean {
  return a.from === b.from && a.to === b.to && a.proration === b.proration
}

/** Attention where money went back and no policy says what happens to its credits. */
export function undecidedMoneyBack(moneyBack: MoneyBack | null): string | null {
  if (!moneyBack || moneyBack.rule !== null || !moneyBack.payments.some(({ back }) => back > 0)) return null
  return attention(
    'membership_refund',
    'money of its subscription went back, and the policy does not say what happens to the credits. Set `memberships.refund` to `revoke_unused` or `keep`.',
  )
}

/** Attention where money of a payment went back whose plan cannot be told, so that its credits did not change. */
export function unassignedMoneyBack(
  moneyBack: MoneyBack | null,
  { unassigned = [] }: SubscriptionSnapshot,
): string | null {
  const known = moneyBack?.payments ?? []
  const isNew = unassigned.some(time => {
    const amount = (time.back?.amount ?? 0) + (time.credited?.amount ?? 0)
    return amount > 0 && !known.some(each => isSameTime(each, time) && returnedOf(each) === amount)
  })
  if (!isNew) return null
  return attention(
    'membership_refund',
    'the plan of that payment cannot be told, so its credits are unchanged. Give its price a plan as lookup_key.',
  )
}

/**
 * Applies the money that went back to the months that it paid for. The result depends on the present facts only, so their
 * order makes no difference: more is taken when more money goes back, and returned when a refund fails or a dispute is won.
 */
export function applyMoneyBack(before: Membership | null, step: Step, at: string): Step & { effects: MonthEffect[] } {
  const { membership } = step
  const { provider } = membership
  if (!provider) return { ...step, effects: [] }
  const months = monthsGranted(before?.months ?? [], step)
  const revoked: Record<string, number> = {}
  const effects: MonthEffect[] = []
  for (const [n, month] of months.entries()) {
    const monthEnds = months[n + 1]?.at ?? FOREVER
    const credits = provider.money_back ? creditsBack(provider.money_back, month, monthEnds) : 0
    const taken = before?.revoked?.[month.at] ?? 0
    if (credits > 0) revoked[month.at] = credits
    const returned = membership.returned?.[month.at] ?? 0
    if (returned > 0 && before?.returned?.[month.at] === undefined)
      effects.push({ kind: 'return', month: month.at, credits: returned, until: monthEnds, sources: month.sources })
    if (credits < taken) effects.push({ kind: 'restore', month: month.at })
    if (credits !== taken && credits > 0)
      effects.push({ kind: 'take', month: month.at, credits, until: monthEnds, sources: month.sources })
  }
  const { revoked: _, ...others } = membership
  const changed = { ...others, months, ...(Object.keys(revoked).length > 0 ? { revoked } : {}) }
  const [was, is] = [amountBack(before), amountBack(membership)]
  const credits = Object.values(revoked).reduce((sum, each) => sum + each, 0)
  const event = { at, what: is < was ? 'money_returned' : 'money_back', detail: { amount: is, credits } }
  return {
    ...step,
    membership: changed,
    effects,
    events: was === is && effects.every(({ kind }) => kind === 'return') ? step.events : [...step.events, event],
  }
}

/** Adds the grants of a step. An upgrade belongs to the month that runs. */
export function monthsGranted(known: MonthGranted[], { due }: Step): MonthGranted[] {
  const months = [...known]
  for (const { what, at, credits, source, ends = FOREVER } of due) {
    const last = months.at(-1)
    if (what === 'month') months.push({ at, ends, credits, sources: [source] })
    if ((what === 'upgrade' || what === 'late_upgrade') && last)
      months[months.length - 1] = {
        ...last,
        credits: last.credits + credits,
        ...(what === 'late_upgrade' ? { late: (last.late ?? 0) + credits } : {}),
        sources: [...new Set([...last.sources, source])],
      }
  }
  return months.slice(-MONTHS_KEPT)
}

/** The part of a month's credits that later invoices credit. */
export function creditedOf(moneyBack: MoneyBack | null, month: MonthGranted, monthEnds: string): number {
  return moneyBack ? creditsBack({ ...moneyBack, rule: 'keep' }, month, monthEnds) : 0
}

/**
 * The credits of a month whose payment went back. The payment of the period paid for the credits of its plan, a proration for
 * the additional ones. A second payment for the same credits keeps them.
 */
function creditsBack({ rule, payments }: MoneyBack, month: MonthGranted, monthEnds: string): number {
  const { at, late = 0 } = month
  const credits = month.credits - late
  const period = periodOf(payments, at)
  if (!period) return 0
  const later = payments.filter(
    each => each.proration && each.from >= period.from && each.from < monthEnds && each.to > at,
  )
  const upgrades = later
    .map((each, n) => ({ ...each, credits: each.credits - (later[n - 1] ?? period).credits }))
    .filter(each => each.credits > 0)
  const more = upgrades.reduce((sum, each) => sum + each.credits, 0)
  const own = Math.max(credits - more, Math.min(period.credits, credits))
  const back = [{ ...period, credits: own }, ...upgrades].reduce((sum, each) => sum + share(each, rule), 0)
  const ofLate = share({ ...period, credits: late, credited: 0 }, rule)
  return Math.max(0, Math.min(credits, back - (own + more - credits))) + ofLate
}

/** The payment of the period that a time lies in: the latest one; of two for the same period, the one with more left. */
function periodOf(payments: Payment[], at: string): Payment | undefined {
  return payments
    .filter(({ proration, from, to }) => !proration && from <= at && at < to)
    .sort((a, b) => (a.from < b.from ? 1 : a.from > b.from ? -1 : returnedOf(a) / a.of - returnedOf(b) / b.of))[0]
}

type Payment = MoneyBack['payments'][number]

/** A later invoice credits what the customer changed, so its part is taken whatever the policy says of refunds. */
function share({ credits, back, credited, of }: Payment, rule: MoneyBack['rule']): number {
  const amount = credited + (rule === 'revoke_unused' ? back : 0)
  return amount >= of ? credits : Math.floor((credits * amount) / of)
}

function returnedOf({ back, credited }: Pick<Payment, 'back' | 'credited'>): number {
  return back + credited
}

function amountBack(membership: Membership | null): number {
  return membership?.provider?.money_back?.payments.reduce((sum, payment) => sum + returnedOf(payment), 0) ?? 0
}
