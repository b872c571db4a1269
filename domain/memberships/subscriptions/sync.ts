import { addAttention } from '../../shared/attention.ts'
import { dayOfMonth } from '../../shared/calendar.ts'
import { step } from '../due.ts'
import { apply, type MembershipEvent } from '../events.ts'
import {
  anchorAt,
  type Change,
  grantTime,
  isRunning,
  type Membership,
  type ProviderState,
  type Step,
  stepTo,
  then,
} from '../membership.ts'
import { isTrialUsed, openMembership } from '../opening.ts'
import { payLate, wasStopped } from '../renewal.ts'
import type { Plans } from '../terms.ts'
import { disagreement, unknownPlan, wasStoppedByHand } from './disagreement.ts'
import { moneyBackOf, unassignedMoneyBack, undecidedMoneyBack } from './money-back.ts'
import { fullPeriods, isGoing, isOver, type PaidPlan, type SubscriptionSnapshot } from './subscription.ts'
import { confirmChange } from './subscription-change.ts'

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
  const current = adopt(before, snapshot, plans, at)
  let done = then(payFor(current, snapshot, at), membership => step(membership, at))
  for (const rule of [planChange, cancellation, pause, resumption, ending]) {
    const event = rule(done.membership, snapshot, plans, at)
    if (event) done = then(done, membership => apply(membership, event, at))
  }
  done = then(done, membership => step(membership, now))
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
    attention: undecidedMoneyBack(moneyBack),
  }
  const differs = disagreement({ ...membership, provider }, snapshot, plans, now)
  for (const message of [unassignedMoneyBack(moneyBack, snapshot), differs])
    if (message) provider.attention = addAttention(provider.attention, message)
  return then(done, current => confirmChange({ ...current, provider }, provider, now))
}

/**
 * Applies first what decides on due steps: a revoked cancellation, another end of the trial, and another plan that the next
 * paid period has.
 */
function adopt(membership: Membership, snapshot: SubscriptionSnapshot, plans: Plans, at: string): Membership {
  const { cancel_at_period_end, trial_ends_at } = snapshot
  const { provider, subscription_change } = membership
  const isPending = subscription_change?.to === 'cancelled_at_period_end'
  const revoked = provider?.cancel_at_period_end && !cancel_at_period_end && !isPending
  const inTrial = membership.state === 'trialing' && trial_ends_at !== null
  const paid = paidPlanAt(snapshot, at)
  const isNext = paid && !paid.proration && membership.paid_through !== null && paid.from >= membership.paid_through
  const next = isNext ? newPlan(membership, paid, plans) : null
  return {
    ...(inTrial ? anchorAt(membership, trial_ends_at, trial_ends_at, billingDay(snapshot)) : membership),
    ...(revoked ? { cancel_at_period_end: false } : {}),
    ...(inTrial ? { trial_ends_at } : {}),
    ...(next ? { scheduled: next } : {}),
  }
}

/**
 * Applies paid periods, however late. Each missed month is granted at its own time; after a gap, the next paid period
 * reactivates the membership.
 */
function payFor(membership: Membership, snapshot: SubscriptionSnapshot, now: string): Step {
  const paid = payWithoutGap(membership, snapshot, now)
  const current = then(paid, one => step(one, now))
  const back = returnOf(current.membership, snapshot, now)
  if (!back) return paid
  const returned = then(current, one => apply(one, { kind: 'reactivate', paid_through: back.to }, back.from))
  return then(returned, one => payFor(one, snapshot, now))
}

/** Adds every period that follows the paid time without a gap. */
function payWithoutGap(membership: Membership, snapshot: SubscriptionSnapshot, now: string): Step {
  const { state, paid_through } = membership
  if (state === 'ended' || paid_through === null || wasStopped(membership)) return stepTo(membership)
  const period = fullPeriods(snapshot).find(({ from, to }) => from <= paid_through && to > paid_through)
  if (!period) return stepTo(membership)
  const paid = then(restart(membership, period, snapshot), current => payLate(current, period.to, now))
  return then(paid, current => payWithoutGap(current, snapshot, now))
}

/** A period that starts within the paid time restarts the billing cycle: its month begins then (BR-01). */
function restart(membership: Membership, { from, to }: PaidPlan, snapshot: SubscriptionSnapshot): Step {
  const { state, paid_through, terms, grants } = membership
  const isWithin = paid_through !== null && from < paid_through && from > grantTime(membership, grants - 1)
  if (state === 'trialing' || terms.grant_on !== 'anniversary' || grants === 0 || !isWithin) return stepTo(membership)
  const restarted = anchorAt(membership, from, to, billingDay(snapshot))
  return stepTo({ ...restarted, grants: 0, given_this_month: 0 }, { at: from, what: 'cycle_restarted' })
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

/** The plan that is paid for at a time: that of the latest line which covers it. */
function paidPlanAt({ paid }: SubscriptionSnapshot, at: string): PaidPlan | undefined {
  return paid.findLast(({ from, to }) => from <= at && at < to)
}
