import { isRunning, type MonthGranted, nextGrantAt, type Step } from '../membership.ts'
import type { Plans } from '../terms.ts'
import { creditedOf, creditsOfPlan, moneyBackOf, monthsGranted } from './money-back.ts'
import type { PaidPlan, SubscriptionSnapshot } from './subscription.ts'

/**
 * The credits of upgrades that were paid after their months, as with the next renewal: for each month the share of the
 * difference for the time that was paid. An upgrade that is paid within its month changes the plan instead (BR-06).
 * @param known the months before this sync
 * @returns `prorations`: the changes that need not be looked at again
 */
export function lateUpgrade(
  known: MonthGranted[],
  done: Step,
  snapshot: SubscriptionSnapshot,
  plans: Plans,
  at: string,
): { credits: number; prorations: string[] } {
  const { membership } = done
  const { paid } = snapshot
  const seen = membership.provider?.prorations
  const present = paid.findLast(({ from, to, late }) => !late && from <= at && at < to)
  const months = monthsGranted(known, done)
  const runs = ({ from, to }: PaidPlan) => from >= (months.at(-1)?.at ?? '') && to <= nextGrantAt(membership)
  const waits = (change: PaidPlan) => change.to > at && runs(change) && (change.late || change !== present)
  const isSeen = (change: PaidPlan) => seen?.includes(keyOf(change)) ?? false
  const due = paid.filter(each => each.proration && (isSeen(each) || !waits(each))).map(keyOf)
  if (!seen) return { credits: 0, prorations: due }
  // Credits are granted while a month runs.
  if (!isRunning(membership) || membership.state === 'trialing') return { credits: 0, prorations: seen }
  const isNew = (payment: PaidPlan) => payment.proration && !payment.free && !isSeen(payment)
  if (!paid.some(isNew) || membership.terms.after_upgrade.grant === 'none') return { credits: 0, prorations: due }
  const moneyBack = moneyBackOf(membership, snapshot, plans)
  const credits = months.reduce((sum, month, n) => {
    const until = earlier(months[n + 1]?.at ?? month.ends, month.ends)
    if (until > at) return sum
    const taken = creditedOf(moneyBack, month, until) + (membership.returned?.[month.at] ?? 0)
    const lacking = overMonth(month, until, paid, creditsOfLatest) - (month.credits - (month.late ?? 0) - taken)
    return sum + Math.max(0, Math.floor(Math.min(lacking, overMonth(month, until, paid, additionalCredits))))
  }, 0)
  return { credits, prorations: due }

  /** The monthly credits of the plan that the latest of some payments is for. */
  function creditsOfLatest(payments: PaidPlan[]): number {
    const latest = payments.at(-1)
    return latest ? creditsOfPlan(plans, latest) : 0
  }

  /** What a new payment for a larger plan adds to earlier ones. */
  function additionalCredits(payments: PaidPlan[]): number {
    const [latest, ...earlier] = payments.toReversed()
    if (!latest || !isNew(latest)) return 0
    const least = Math.min(...earlier.map(each => creditsOfPlan(plans, each)))
    return Math.max(0, creditsOfPlan(plans, latest) - (earlier.length > 0 ? least : 0))
  }
}

function earlier(a: string, b: string): string {
  return a < b ? a : b
}

function keyOf({ from, to, plan, slots }: PaidPlan): string {
  return `${from}/${to}/${plan}/${slots}`
}

/** Monthly credits that depend on the payments for each moment, for a month until it ends or its cycle is restarted. */
function overMonth(
  { at, ends }: MonthGranted,
  until: string,
  paid: PaidPlan[],
  creditsFor: (payments: PaidPlan[]) => number,
): number {
  const times = [at, until, ...paid.flatMap(({ from, to }) => [from, to])].filter(time => time >= at && time <= until)
  const sorted = [...new Set(times)].sort()
  const month = Date.parse(ends) - Date.parse(at)
  return sorted.slice(1).reduce((sum, end, n) => {
    const start = sorted[n] ?? end
    const payments = paid.filter(({ from, to, until: cut }) => from <= start && start < (cut ?? to))
    return sum + (creditsFor(payments) * (Date.parse(end) - Date.parse(start))) / month
  }, 0)
}
