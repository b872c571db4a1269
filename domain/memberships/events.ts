import { addDuration, anniversary } from '../shared/calendar.ts'
import { invalidRequest } from '../shared/refusals.ts'
import { giveUpgrade, later, step, stop, withPlan } from './due.ts'
import {
  type Change,
  coveredUntil,
  grantTime,
  type Membership,
  type MembershipTerms,
  monthlyCredits,
  nextGrantAt,
  type Step,
  type TimelineEvent,
} from './membership.ts'

/** What somebody wants of a membership, or what a payment provider reports of it. */
export type MembershipEvent =
  | { kind: 'renew'; paid_through: string }
  | { kind: 'reactivate'; paid_through?: string | undefined }
  | { kind: 'lapse' }
  | { kind: 'cancel'; when?: 'now' | 'period_end' | undefined }
  | { kind: 'change'; change: Change; when?: 'now' | 'next_grant' | undefined }
  | { kind: 'combine'; credits: number; memberships: string[]; paid_through?: string | undefined }
  | { kind: 'join'; into: string }
  | { kind: 'arrange'; monthly: number | null; until?: string | undefined }

export type Opening = {
  plan: string
  slots?: number | undefined
  trial?: boolean | undefined
  anchor?: string | undefined
  paid_through?: string | undefined
  /** when the trial ends, where the payment provider says so; else the plan does */
  trial_ends_at?: string | null | undefined
}

/**
 * Begins a membership, with all that is due by now. Without `paid_through` one period is paid; with `trial` nothing
 * is paid until it is renewed.
 * @throws Refused invalid_request
 */
export function openMembership(
  terms: MembershipTerms,
  opening: Opening,
  timeZone: string,
  now: string,
): Step {
  const begins = opening.anchor ?? now
  if (opening.trial && !terms.trial) throw invalidRequest('trial', 'is not offered with this plan')
  if (opening.paid_through !== undefined && opening.paid_through <= begins)
    throw invalidRequest('paid_through', 'must lie after the beginning of the membership')
  const trial = opening.trial ? terms.trial : null
  const trial_ends_at = trial
    ? (opening.trial_ends_at ?? addDuration(new Date(begins), trial.period, timeZone).toISOString())
    : null
  const onePeriod = addDuration(new Date(begins), terms.period, timeZone).toISOString()
  const membership: Membership = {
    plan: opening.plan,
    slots: opening.slots ?? 1,
    terms,
    time_zone: timeZone,
    state: trial ? 'trialing' : 'active',
    anchor: trial_ends_at ?? begins,
    paid_through:
      terms.payment === 'none'
        ? null
        : later(opening.paid_through ?? trial_ends_at ?? onePeriod, trial_ends_at),
    trial_ends_at,
    grants: 0,
    given_this_month: 0,
    scheduled: null,
    upgrade: null,
    cancel_at_period_end: false,
    lapsed_at: null,
    resumed_at: null,
    combined: 0,
  }
  const first: Step = {
    membership,
    due: [],
    events: [{ at: begins, what: 'opened', detail: { plan: opening.plan } }],
  }
  if (trial && trial.credits > 0)
    first.due.push({
      what: 'trial',
      at: begins,
      source: trial.source,
      credits: trial.credits,
      expires_at: trial_ends_at,
      members_only: terms.trial_members_only,
    })
  return followedBy(first, step(membership, now))
}

/**
 * Applies an event: first what had fallen due by then, then the event, then what it made due. An event that was applied
 * before, or is overtaken, changes nothing.
 * @throws Refused invalid_request where the membership cannot do that any more
 */
export function apply(membership: Membership, event: MembershipEvent, now: string): Step {
  const before = step(membership, now)
  const told = followedBy(before, happen(before.membership, event, now))
  const done = followedBy(told, stopIfUncovered(told.membership, now))
  return followedBy(done, step(done.membership, now))
}

/** An event that takes the grace from a membership past due stops it now, not in hindsight. */
function stopIfUncovered(membership: Membership, now: string): Step {
  if (membership.state !== 'past_due' || coveredUntil(membership) > now) return unchanged(membership)
  return stop(membership, now, membership.cancel_at_period_end ? 'end' : 'lapse')
}

function happen(membership: Membership, event: MembershipEvent, now: string): Step {
  switch (event.kind) {
    case 'renew':
      return renew(membership, event.paid_through, now)
    case 'reactivate':
      return reactivate(membership, event.paid_through, now)
    case 'lapse':
      return isRunning(membership) ? stop(membership, now, 'lapse') : unchanged(membership)
    case 'cancel':
      return cancel(membership, event.when ?? 'period_end', now)
    case 'change':
      return change(membership, event.change, event.when, now)
    case 'combine':
      return combine(membership, event, now)
    case 'join':
      return join(membership, event.into, now)
    case 'arrange':
      return arrange(membership, event, now)
  }
}

function renew(membership: Membership, paid_through: string, now: string): Step {
  refuseEnded(membership)
  const { paid_through: before, state } = membership
  if (before === null || paid_through <= before) return unchanged(membership)
  if (state === 'lapsed') {
    if (paid_through > now) return reactivate(membership, paid_through, now)
    return wasStopped(membership)
      ? unchanged(membership)
      : renewTooLate(membership, paid_through, before, now)
  }
  const paid = { ...membership, paid_through, state: state === 'past_due' ? ('active' as const) : state }
  return { membership: paid, due: [], events: [{ at: now, what: 'renewed', detail: { paid_through } }] }
}

/**
 * A renewal that arrives when its time is over: each period that was paid for gets its grant all the same. The periods
 * are counted back from the end, so that one that was paid after a gap begins a month of its own.
 */
function renewTooLate(membership: Membership, paid_through: string, before: string, now: string): Step {
  const { terms, time_zone } = membership
  const months = terms.period === 'P1Y' ? 12 : 1
  const startOf = (n: number) => anniversary(new Date(paid_through), -n * months, time_zone).toISOString()
  let periods = 0
  while (startOf(periods + 1) >= before) periods += 1
  const start = startOf(periods)
  if (periods === 0 || start === before) return payLate(membership, paid_through, now)
  return reactivate(membership, paid_through, start)
}

/**
 * Time that was paid for without a gap, heard of when it had passed or begun: each of its months comes at its own time,
 * as after a punctual payment, and the membership lapses again where it ended. A paid period gets exactly one grant.
 */
export function payLate(membership: Membership, paid_through: string, now: string): Step {
  const { state, lapsed_at, trial_ends_at } = membership
  const inTrial = state === 'trialing' || (lapsed_at !== null && lapsed_at === trial_ends_at)
  const what = state === 'lapsed' && paid_through > now ? 'reactivated' : 'renewed'
  return {
    membership: { ...membership, paid_through, state: inTrial ? 'trialing' : 'active', lapsed_at: null },
    due: [],
    events: [{ at: now, what, detail: { paid_through } }],
  }
}

/** Whether it lapsed while it was paid for. */
export function wasStopped({ state, lapsed_at, paid_through }: Membership): boolean {
  return state === 'lapsed' && lapsed_at !== null && paid_through !== null && lapsed_at < paid_through
}

/**
 * Within a month that was given already nothing is given again and the anchor stays, unless a larger plan was taken
 * meanwhile; later a month of its own begins, unless the policy keeps the day.
 */
function reactivate(membership: Membership, paidThrough: string | undefined, now: string): Step {
  refuseEnded(membership)
  if (membership.state !== 'lapsed') return unchanged({ ...membership, cancel_at_period_end: false })
  const { terms, time_zone, paid_through: before } = membership
  const running = { ...membership, state: 'active' as const, lapsed_at: null, cancel_at_period_end: false }
  const resumed = now < nextGrantAt(membership) ? running : nextMonth(running, now)
  const keepsDay = resumed.resumed_at === now
  const onePeriod = keepsDay
    ? grantTime(resumed, resumed.grants + (terms.period === 'P1Y' ? 12 : 1))
    : addDuration(new Date(now), terms.period, time_zone).toISOString()
  const stillPaid = before !== null && before > now ? before : onePeriod
  const paid_through = before === null ? null : (paidThrough ?? stillPaid)
  if (paid_through !== null && paid_through <= now)
    throw invalidRequest('paid_through', 'must lie in the future')
  return withDifference({ ...resumed, paid_through, trial_ends_at: null }, now, [
    { at: now, what: 'reactivated', ...(paid_through ? { detail: { paid_through } } : {}) },
  ])
}

function nextMonth(membership: Membership, now: string): Membership {
  if (membership.terms.after_lapse === 'new_anchor')
    return { ...membership, anchor: now, grants: 0, given_this_month: 0, resumed_at: null }
  let current = { ...membership, given_this_month: 0, resumed_at: now }
  while (nextGrantAt({ ...current, grants: current.grants + 1 }) <= now)
    current = { ...current, grants: current.grants + 1 }
  return current
}

function cancel(membership: Membership, when: 'now' | 'period_end', now: string): Step {
  if (membership.state === 'ended') return unchanged(membership)
  if (when === 'now' || membership.state === 'lapsed') return stop(membership, now, 'end')
  if (membership.cancel_at_period_end) return unchanged(membership)
  return {
    membership: { ...membership, cancel_at_period_end: true },
    due: [],
    events: [{ at: now, what: 'cancelled' }],
  }
}

/**
 * A change to more gives what the policy says within the running month; nothing that was given is ever taken. What was
 * given counts, so that going to and fro between plans gives nothing twice (BR-06).
 */
function change(
  membership: Membership,
  to: Change,
  when: 'now' | 'next_grant' | undefined,
  now: string,
): Step {
  refuseEnded(membership)
  const { combined, terms } = membership
  const more = (monthlyCredits({ ...to, combined }) ?? 0) - (monthlyCredits(membership) ?? 0)
  const effective = when ?? (more < 0 ? terms.downgrade : 'now')
  const detail = { plan: to.plan, slots: to.slots }
  if (effective === 'next_grant')
    return {
      membership: { ...membership, scheduled: to },
      due: [],
      events: [{ at: now, what: 'change_scheduled', detail }],
    }
  const changed = { ...changedNow(membership, to), plan_since: now }
  return withDifference(changed, now, [{ at: now, what: 'changed', detail }])
}

/**
 * The running month keeps its end. Where the new plan's credits come on another day of the month, that day counts from
 * this end on, so that no month comes twice.
 */
function changedNow(membership: Membership, to: Change): Membership {
  const monthEnds = nextGrantAt(membership)
  const { grant_on } = membership.terms
  if (dayOf(to.terms) === dayOf(membership.terms)) return withPlan(membership, to, monthEnds)
  const changed = withPlan(membership, { ...to, terms: { ...to.terms, grant_on } }, monthEnds)
  return { ...changed, scheduled: to }
}

function dayOf({ grant_on }: MembershipTerms): number | null {
  return grant_on === 'anniversary' ? null : grant_on.day_of_month
}

/** Gives what the month that runs lacks under its plan, now or after the policy's delay (BR-06). */
function withDifference(membership: Membership, now: string, events: TimelineEvent[]): Step {
  const credits = upgradeCredits(membership, now)
  if (credits === 0) return { membership, due: [], events }
  const given = { ...membership, given_this_month: membership.given_this_month + credits }
  const delay = membership.terms.after_upgrade.delay_hours * 3_600_000
  const at = given.upgrade?.at ?? new Date(Date.parse(now) + delay).toISOString()
  // A delay that would outlast the month would give the credits for the next one.
  if (delay > 0 && at < nextGrantAt(given)) {
    const waiting = (given.upgrade?.credits ?? 0) + credits
    return { membership: { ...given, upgrade: { at, credits: waiting } }, due: [], events }
  }
  return followedBy({ membership: given, due: [], events }, giveUpgrade(given, now, credits))
}

/**
 * Takes over the monthly credits of others, from its own next anniversary on; they join it and end (BR-04). What they
 * gave in the running month counts as given.
 */
function combine(
  membership: Membership,
  { credits, memberships, paid_through }: Extract<MembershipEvent, { kind: 'combine' }>,
  now: string,
): Step {
  refuseEnded(membership)
  const { combined, given_this_month, paid_through: before } = membership
  return {
    membership: {
      ...membership,
      combined: combined + credits,
      given_this_month: given_this_month + credits,
      paid_through: before === null ? null : later(before, paid_through ?? null),
    },
    due: [],
    events: [{ at: now, what: 'combined', detail: { memberships, credits } }],
  }
}

/** From the next month on: what was given for the running one stays. */
function arrange(
  membership: Membership,
  { monthly, until }: Extract<MembershipEvent, { kind: 'arrange' }>,
  now: string,
): Step {
  refuseEnded(membership)
  const { arranged: _, ...others } = membership
  return {
    membership:
      monthly === null ? others : { ...others, arranged: { credits: monthly, until: until ?? null } },
    due: [],
    events: [{ at: now, what: 'arranged', detail: { monthly, until: until ?? null } }],
  }
}

function join(membership: Membership, into: string, now: string): Step {
  if (membership.state === 'ended') return unchanged(membership)
  const { membership: ended } = stop(membership, now, 'end')
  return { membership: ended, due: [], events: [{ at: now, what: 'joined', detail: { into } }] }
}

function upgradeCredits(membership: Membership, now: string): number {
  const { given_this_month: given } = membership
  const { grant } = membership.terms.after_upgrade
  const amount = monthlyCredits(membership) ?? 0
  if (
    grant === 'none' ||
    membership.grants === 0 ||
    nextGrantAt(membership) <= now ||
    !isRunning(membership) ||
    membership.state === 'trialing' ||
    amount <= given
  )
    return 0
  return grant === 'all' ? amount : amount - given
}

function isRunning({ state }: Membership): boolean {
  return state !== 'lapsed' && state !== 'ended'
}

function refuseEnded({ state }: Membership): void {
  if (state === 'ended') throw invalidRequest('membership', 'has ended; begin a new one')
}

function unchanged(membership: Membership): Step {
  return { membership, due: [], events: [] }
}

function followedBy(first: Step, second: Step): Step {
  return {
    membership: second.membership,
    due: [...first.due, ...second.due],
    events: [...first.events, ...second.events],
  }
}
