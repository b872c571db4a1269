import { addDuration, anniversary, isOnDay } from '../shared/calendar.ts'
import { invalidRequest } from '../shared/refusals.ts'
import { withDifference } from './change.ts'
import { chargeFor } from './charges.ts'
import { anchorAt, anchorDay, grantTime, type Membership, nextGrantAt, type Step, stepTo } from './membership.ts'

export function renew(membership: Membership, paid_through: string, now: string): Step {
  const { paid_through: before, state } = membership
  if (before === null || paid_through <= before) return stepTo(membership)
  if (state === 'lapsed') {
    const stopped = wasStopped(membership)
    if (!stopped && periodStart(membership, paid_through, 1) === before) return payLate(membership, paid_through, now)
    if (paid_through > now) return reactivate(membership, paid_through, now)
    return stopped ? stepTo(membership) : renewTooLate(membership, paid_through, before, now)
  }
  const paid = { ...membership, paid_through, state: state === 'past_due' ? ('active' as const) : state }
  return stepTo(paid, {
    at: now,
    what: 'renewed',
    detail: { paid_through, ...chargeFor(membership, before, paid_through) },
  })
}

/**
 * A renewal that arrives after the paid time has passed. Every paid period still gets its grants. Periods count back from
 * the end, so that a period after a gap starts a month of its own.
 */
function renewTooLate(membership: Membership, paid_through: string, before: string, now: string): Step {
  let periods = 0
  while (periodStart(membership, paid_through, periods + 1) >= before) periods += 1
  const start = periodStart(membership, paid_through, periods)
  if (periods === 0 || start === before) return payLate(membership, paid_through, now)
  return reactivate(membership, paid_through, start)
}

/** The start of the last n periods that end at a time, which may be the membership's day in a shorter month. */
function periodStart(membership: Membership, end: string, n: number): string {
  const { terms, time_zone } = membership
  const months = terms.period === 'P1Y' ? 12 : 1
  const [at, day] = [new Date(end), anchorDay(membership)]
  return anniversary(at, -n * months, time_zone, isOnDay(at, day, time_zone) ? day : undefined).toISOString()
}

/**
 * Records a payment without a gap that arrives late. The missed months are granted at their own times, as after a punctual
 * payment, and the membership lapses again at the end of the paid time.
 */
export function payLate(membership: Membership, paid_through: string, now: string): Step {
  const { state, lapsed_at, trial_ends_at, paid_through: before } = membership
  const inTrial = state === 'trialing' || (lapsed_at !== null && lapsed_at === trial_ends_at)
  const what = state === 'lapsed' && paid_through > now ? 'reactivated' : 'renewed'
  return stepTo(
    { ...membership, paid_through, state: inTrial ? 'trialing' : 'active', lapsed_at: null },
    { at: now, what, detail: { paid_through, ...chargeFor(membership, before ?? now, paid_through) } },
  )
}

/** Whether it lapsed while it was paid for: stopped manually, or paused at the provider. */
export function wasStopped({ state, lapsed_at, paid_through }: Membership): boolean {
  return state === 'lapsed' && lapsed_at !== null && paid_through !== null && lapsed_at < paid_through
}

/**
 * Reactivates a lapsed membership. Within a month that was granted, only the difference to a larger plan is granted and the
 * anchor stays. Later, a new month begins now, unless the policy keeps the day.
 */
export function reactivate(membership: Membership, paidThrough: string | undefined, now: string): Step {
  if (membership.state !== 'lapsed') return stepTo({ ...membership, cancel_at_period_end: false })
  const { terms, time_zone, paid_through: before } = membership
  const running = { ...membership, state: 'active' as const, lapsed_at: null, cancel_at_period_end: false }
  const resumed = now < nextGrantAt(membership) ? running : nextMonth(running, now, paidThrough ?? null)
  const keepsDay = resumed.resumed_at === now
  const onePeriod = keepsDay
    ? grantTime(resumed, resumed.grants + (terms.period === 'P1Y' ? 12 : 1))
    : addDuration(new Date(now), terms.period, time_zone).toISOString()
  const stillPaid = before !== null && before > now ? before : onePeriod
  const paid_through = before === null ? null : (paidThrough ?? stillPaid)
  if (paid_through !== null && paid_through <= now) throw invalidRequest('paid_through', 'must be in the future')
  const paidUntil = before !== null && before > now ? before : now
  const charge = paid_through ? chargeFor(membership, paidUntil, paid_through) : {}
  return withDifference(
    { ...resumed, paid_through, trial_ends_at: null },
    { at: now, what: 'reactivated', ...(paid_through ? { detail: { paid_through, ...charge } } : {}) },
  )
}

function nextMonth(membership: Membership, now: string, paidThrough: string | null): Membership {
  if (membership.terms.after_lapse === 'new_anchor')
    return { ...anchorAt(membership, now, paidThrough), grants: 0, given_this_month: 0, resumed_at: null }
  let current = { ...membership, given_this_month: 0, resumed_at: now }
  while (nextGrantAt({ ...current, grants: current.grants + 1 }) <= now)
    current = { ...current, grants: current.grants + 1 }
  return current
}
