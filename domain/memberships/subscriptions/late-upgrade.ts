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
  const present = paid.findLast(({ from, to, late }) => !late && from <= at && at < to)
  const months = monthsGranted(known, done)
  const runs = ({ from, to }: PaidPlan) => from >= (months.at(-1)?.at ?? '') && to <= nextGrantAt(membership)
  const waits = (change: PaidPlan) => change.to > at && runs(change) && (change.late || change !== present)
  const due = paid.filter(each => each.proration && !waits(each)).map(keyOf)
  if (!seen) return { credits: 0, prorations: due }
  // Credits are granted while a month runs.
  if (!isRunning(membership) || membership.state === 'trialing') return { credits: 0, prorations: seen }
  const before = paid.filter(each => !each.proration || seen.includes(keyOf(each)))
  if (before.length === paid.length || membership.terms.after_upgrade.grant === 'none')
    return { credits: 0, prorations: due }
  const credits = months.reduce((sum, { at: from, credits: granted }, n) => {
    const to = months[n + 1]?.at ?? nextGrantAt(membership)
    if (to > at) return sum
    const entitled = creditsOver(paid, plans, { from, to })
    const lacking = entitled - granted + (membership.returned?.[from] ?? 0)
    return sum + Math.max(0, Math.floor(Math.min(lacking, entitled - creditsOver(before, plans, { from, to }))))
  }, 0)
  return { credits, prorations: due }
}

function keyOf({ from, to, plan, slots }: PaidPlan): string {
  return `${from}/${to}/${plan}/${slots}`
}

type Time = { from: string; to: string }

/** The credits that payments give for a part of a month, by time. */
function creditsOver(paid: PaidPlan[], plans: Plans, { from, to }: Time): number {
  const times = [from, to, ...paid.flatMap(each => [each.from, each.to])].filter(time => time >= from && time <= to)
  const sorted = [...new Set(times)].sort()
  const month = Date.parse(addDuration(new Date(from), 'P1M', 'UTC').toISOString()) - Date.parse(from)
  return sorted.slice(1).reduce((sum, end, n) => {
    const start = sorted[n] ?? end
    return sum + (creditsAt(paid, plans, start) * (Date.parse(end) - Date.parse(start))) / month
  }, 0)
}

/** The monthly credits of the plan that is paid for at a time; the latest payment counts. */
function creditsAt(paid: PaidPlan[], plans: Plans, time: string): number {
  const found = paid.findLast(({ from, to, until }) => from <= time && time < (until ?? to))
  return found ? creditsOfPlan(plans, found) : 0
}
