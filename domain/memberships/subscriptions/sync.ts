import { addAttention } from '../../shared/attention.ts'
import { dayOfMonth } from '../../shared/calendar.ts'
import { giveLateUpgrade, step } from '../due.ts'
import { apply, type MembershipEvent } from '../events.ts'
import {
  anchorAt,
  type Change,
  isRunning,
  type Membership,
  nextGrantAt,
  type ProviderState,
  type Step,
  stepTo,
  then,
} from '../membership.ts'
import { isTrialUsed, openMembership } from '../opening.ts'
import { payLate, wasStopped } from '../renewal.ts'
import type { Plans } from '../terms.ts'
import { disagreement, unknownPlan, wasStoppedByHand } from './disagreement.ts'
import { lateUpgrade } from './late-upgrade.ts'
import { moneyBackOf, unassignedMoneyBack, undecidedMoneyBack } from './money-back.ts'
import { nextRestart, restart } from './restart.ts'
import { fullPeriods, isGoing, isOver, type PaidPlan, type SubscriptionSnapshot } from './subscription.ts'
import { confirmChange } from './subscription-change.ts'

/** More than well-kept clocks differ by. */
const CLOCKS_DIFFER_MS = 5 * 60_000

/** The part of an account's past that decides on a new membership. */
export type AccountHistory = {
  /** when the account was created */
  since: string
  had_trial?: boolean
  /** as in Opening */
  launched?: string
}

/** Why a subscription starts no membership yet, and whether that needs attention. */
export type Unopened = { reason: string; attention: boolean }

/**
 * Starts a membership from the first paid period that ends after the account was created, then syncs to the present. Months
 * count in UTC, as at the provider. A trial that the account has had before gives no credits again.
 */
export function openFromProvider(
  snapshot: SubscriptionSnapshot,
  plans: Plans,
  account: AccountHistory,
  now: string,
): Step | Unopened {
  const { plan, trial_ends_at } = snapshot
  if (!plan)
    return {
      reason: unknownPlan(snapshot, plans),
      attention: !isOver(snapshot) && snapshot.status !== 'incomplete',
    }
  const since = !plans[plan.plan]?.trial && trial_ends_at ? trial_ends_at : ''
  const first = fullPeriods(snapshot).find(({ from, to }) => to > account.since && from >= since)
  const terms = first && plans[first.plan]
  if (!terms && (snapshot.unassigned || plan.slots === 0))
    return { reason: unknownPlan(snapshot, plans), attention: true }
  if (!terms) return { reason: 'No period is paid yet.', attention: false }
  const { from, to, slots } = first
  const inTrial = trial_ends_at !== null && to <= trial_ends_at
  const trial = inTrial && isTrialUsed(terms, account.had_trial ?? false) ? ('without_credits' as const) : inTrial
  const billing_day = billingDay(snapshot)
  const opening = {
    plan: first.plan,
    slots,
    anchor: from,
    paid_through: to,
    billing_day,
    trial,
    trial_ends_at,
    launched: account.launched,
  }
  const opened = openMembership(terms, opening, 'UTC', now < from ? now : from)
  return then(opened, membership => syncFromProvider(membership, snapshot, plans, now))
}

/**
 * Syncs a membership from its subscription. Applies what the provider changed since the last poll, keeps manual changes, and
 * raises attention where the two disagree. The same snapshot again changes nothing.
 */
export function syncFromProvider(before: Membership, snapshot: SubscriptionSnapshot, plans: Plans, now: string): Step {
  const last = before.provider
  const { ended_at } = snapshot
  const at = ended_at !== null && ended_at < now ? ended_at : now
  const current = adopt(before, snapshot)
  let done = then(payFor(current, snapshot, plans, at), membership => step(membership, at))
  for (const rule of [planChange, cancellation, pause, resumption, ending]) {
    const event = rule(done.membership, snapshot, plans, at)
    if (event) done = then(done, membership => apply(membership, event, at))
  }
  done = then(done, membership => step(membership, now))
  const late = lateUpgrade(before.months ?? [], done, snapshot, plans, at)
  done = then(done, membership => giveLateUpgrade(membership, at, late.credits))
  const { membership } = done
  const known = paidPlanAt(snapshot, at)
  const moneyBack = moneyBackOf(membership, snapshot, plans)
  const provider: ProviderState = {
    ...(snapshot.as_of ? { as_of: snapshot.as_of } : {}),
    status: snapshot.status,
    plan: known?.plan ?? last?.plan ?? null,
    slots: known?.slots ?? last?.slots ?? null,
    cancel_at_period_end: snapshot.cancel_at_period_end,
    paused: membership.state === 'lapsed' && (snapshot.status === 'paused' || (last?.paused ?? false)),
    ...(moneyBack ? { money_back: moneyBack } : {}),
    prorations: late.prorations,
    attention: undecidedMoneyBack(moneyBack),
  }
  const differs = disagreement({ ...membership, provider }, snapshot, plans, now)
  for (const message of [unassignedMoneyBack(moneyBack, snapshot), differs])
    if (message) provider.attention = addAttention(provider.attention, message)
  return then(done, current => confirmChange({ ...current, provider }, provider, now))
}

/** Applies first what decides on due steps: a revoked cancellation and another end of the trial. */
function adopt(membership: Membership, snapshot: SubscriptionSnapshot): Membership {
  const { cancel_at_period_end, trial_ends_at } = snapshot
  const { provider, subscription_change } = membership
  const isPending = subscription_change?.to === 'cancelled_at_period_end'
  const revoked = provider?.cancel_at_period_end && !cancel_at_period_end && !isPending
  const inTrial = membership.state === 'trialing' && trial_ends_at !== null
  return {
    ...(inTrial ? anchorAt(membership, trial_ends_at, trial_ends_at, billingDay(snapshot)) : membership),
    ...(revoked ? { cancel_at_period_end: false } : {}),
    ...(inTrial ? { trial_ends_at } : {}),
  }
}

/**
 * Applies paid periods, however late. Each missed month is granted at its own time; after a gap, the next paid period
 * reactivates the membership.
 */
function payFor(membership: Membership, snapshot: SubscriptionSnapshot, plans: Plans, now: string): Step {
  const paid = payWithoutGap(membership, snapshot, plans, now)
  const current = then(paid, one => step(one, now))
  const back = returnOf(current.membership, snapshot, now)
  if (!back) return paid
  const scheduled = newPlan(current.membership, back, plans)
  const planned = then(current, one => stepTo(scheduled ? withPaidPlan(one, scheduled) : one))
  const returned = then(planned, one => apply(one, { kind: 'reactivate', paid_through: back.to }, back.from))
  return then(returned, one => payFor(one, snapshot, plans, now))
}

/** Adds every period that follows the paid time without a gap, or restarts the billing cycle. */
function payWithoutGap(membership: Membership, snapshot: SubscriptionSnapshot, plans: Plans, now: string): Step {
  const { state, paid_through } = membership
  if (state === 'ended' || paid_through === null || wasStopped(membership)) return stepTo(membership)
  const next =
    nextRestart(membership, snapshot) ??
    fullPeriods(snapshot).find(({ from, to }) => from <= paid_through && to > paid_through)
  if (!next) return stepTo(membership)
  const ready = prepare(membership, next, plans, now)
  if (!ready) return stepTo(membership)
  const restarted = then(ready, current => restart(current, next, plans, billingDay(snapshot)))
  const paid = then(restarted, current => payLate(current, next.to, now))
  return then(paid, current => payWithoutGap(current, snapshot, plans, now))
}

/**
 * Schedules the plan that a period is paid for, after the months before it. The provider's clock may be ahead of ours: null where
 * the period must wait, because it restarts the cycle later, or a month of the present plan comes first.
 */
function prepare(membership: Membership, period: PaidPlan, plans: Plans, now: string): Step | null {
  const { from } = period
  const begins = nextGrantAt(membership) >= from
  const isAhead = from > now
  if (isAhead && from < (membership.paid_through ?? '')) return null
  const scheduled = newPlan(membership, period, plans)
  if (isAhead && !begins && (scheduled ?? membership.scheduled)) return null
  if (isAhead) return stepTo(scheduled ? { ...membership, scheduled } : membership)
  const earlier = begins ? stepTo(membership) : step(membership, justBefore(from))
  return scheduled ? then(earlier, current => stepTo(withPaidPlan(current, scheduled))) : earlier
}

/** With the plan of a paid period from its month on, which later periods are compared with. */
function withPaidPlan({ provider, ...membership }: Membership, scheduled: Change): Membership {
  const { plan, slots } = scheduled
  return { ...membership, scheduled, ...(provider ? { provider: { ...provider, plan, slots } } : {}) }
}

function justBefore(time: string): string {
  return new Date(Date.parse(time) - 1).toISOString()
}

/** The day of the month of the billing cycle, which counts in UTC. */
function billingDay({ billing_anchor }: SubscriptionSnapshot): number {
  return dayOfMonth(new Date(billing_anchor), 'UTC')
}

/** The first paid period after a gap that has begun. */
function returnOf(membership: Membership, snapshot: SubscriptionSnapshot, now: string) {
  const { state, paid_through } = membership
  if (state !== 'lapsed' || paid_through === null || wasStoppedByHand(membership)) return undefined
  return fullPeriods(snapshot).find(({ from }) => from > paid_through && from <= now)
}

type Rule = (membership: Membership, snapshot: SubscriptionSnapshot, plans: Plans, at: string) => MembershipEvent | null

/** A plan or quantity counts when it is paid for, not when it is announced. */
const planChange: Rule = (membership, snapshot, plans, at) => {
  const change = newPlan(membership, paidPlanAt(snapshot, at), plans)
  return change && { kind: 'change', change }
}

/** The change to a paid plan; null if it is the current one, or one that a person has replaced. */
function newPlan(membership: Membership, paid: PaidPlan | undefined, plans: Plans): Change | null {
  const { state, plan, slots, scheduled, terms, provider } = membership
  const offered = paid && plans[paid.plan]
  if (!offered || state === 'ended') return null
  if (provider && provider.plan === paid.plan && provider.slots === paid.slots) return null
  const coming = scheduled ?? { plan, slots }
  if (coming.plan === paid.plan && coming.slots === paid.slots) return null
  return { plan: paid.plan, slots: paid.slots, terms: paid.plan === plan ? terms : offered }
}

const cancellation: Rule = (membership, { status, cancel_at_period_end }) => {
  const { provider, subscription_change } = membership
  // What was undone here is undone at the provider next.
  const isNew = cancel_at_period_end && !provider?.cancel_at_period_end && subscription_change?.to !== 'continued'
  return isNew && isRunning(membership) && status !== 'canceled' ? { kind: 'cancel', when: 'period_end' } : null
}

const pause: Rule = (membership, { status }) =>
  status === 'paused' && membership.provider?.status !== 'paused' && isRunning(membership) ? { kind: 'lapse' } : null

/** A period that is paid before it starts resumes the membership when it starts, or its payment would grant two months. */
const resumption: Rule = (membership, snapshot, _plans, at) => {
  const isStopped = membership.state === 'lapsed' && !wasStoppedByHand(membership)
  const period = fullPeriods(snapshot).findLast(({ from, to }) => from <= at && at < to)
  return isStopped && isGoing(snapshot.status) && period ? { kind: 'reactivate', paid_through: period.to } : null
}

const ending: Rule = ({ state }, snapshot) =>
  isOver(snapshot) && state !== 'ended' ? { kind: 'cancel', when: 'now' } : null

/**
 * The plan that is paid for at a time: that of the latest line which covers it. A paid change within a period has begun, though
 * our clock may be a little behind the provider's; one that is paid with the renewal is over.
 */
function paidPlanAt({ paid }: SubscriptionSnapshot, at: string): PaidPlan | undefined {
  const soon = new Date(Date.parse(at) + CLOCKS_DIFFER_MS).toISOString()
  return paid.findLast(
    ({ from, to, until, proration, late }) => !late && from <= (proration ? soon : at) && at < (until ?? to),
  )
}
