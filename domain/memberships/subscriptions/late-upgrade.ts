import { addDuration } from '../../shared/calendar.ts'
import { isRunning, type MonthGranted, nextGrantAt, type Step } from '../membership.ts'
import type { Plans } from '../terms.ts'
import { creditsOfPlan, monthsGranted } from './money-back.ts'
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
  { paid }: SubscriptionSnapshot,
  plans: Plans,
  at: string,
): { credits: number; prorations: string[] } {
  const { membership } = done
  const seen = membership.provider?.prorations
  const changes = paid.filter(({ proration }) => proration)
  const due = changes.filter(({ late, to }) => !late || to <= at).map(keyOf)
  if (!seen) return { credits: 0, prorations: due }
  // Credits are granted while a month runs.
  if (!isRunning(membership) || membership.state === 'trialing') return { credits: 0, prorations: seen }
  const before = paid.filter(each => !each.proration || seen.includes(keyOf(each)))
  if (before.length === paid.length || membership.terms.after_upgrade.grant === 'none')
    return { credits: 0, prorations: due }
  const months = monthsGranted(known, done)
  const credits = months.reduce((sum, month, n) => {
    const ends = months[n + 1]?.at ?? nextGrantAt(membership)
    return ends > at ? sum : sum + Math.max(0, difference(before, paid, plans, { from: month.at, to: ends }))
  }, 0)
  return { credits, prorations: due }
}

function keyOf({ from, to, plan, slots }: PaidPlan): string {
  return `${from}/${to}/${plan}/${slots}`
}

type Time = { from: string; to: string }

/** How many more credits the payments give for a part of a month. */
function difference(before: PaidPlan[], after: PaidPlan[], plans: Plans, { from, to }: Time): number {
  const times = [from, to, ...after.flatMap(each => [each.from, each.to])].filter(time => time >= from && time <= to)
  const sorted = [...new Set(times)].sort()
  const month = Date.parse(addDuration(new Date(from), 'P1M', 'UTC').toISOString()) - Date.parse(from)
  const more = sorted.slice(1).reduce((sum, end, n) => {
    const start = sorted[n] ?? end
    const length = Date.parse(end) - Date.parse(start)
    return sum + (creditsAt(after, plans, start) - creditsAt(before, plans, start)) * length
  }, 0)
  return Math.floor(more / month)
}

/** The monthly credits of the plan that is paid for at a time; the latest payment counts. */
function creditsAt(paid: PaidPlan[], plans: Plans, time: string): number {
  const found = paid.findLast(({ from, to, until }) => from <= time && time < (until ?? to))
  return found ? creditsOfPlan(plans, found) : 0
}
