import { attention } from '../shared/attention.ts'
import { step } from './due.ts'
import { apply, type MembershipEvent } from './events.ts'
import { isRunning, type Membership, type ProviderState, type Step, stepTo, then } from './membership.ts'
import { openMembership } from './opening.ts'
import { payLate, wasStopped } from './renewal.ts'
import type { Plans } from './terms.ts'

/**
 * A subscription's complete state at the payment provider. Syncing from the latest snapshot is correct whatever events were
 * lost, repeated or reordered before. Times are ISO 8601 UTC.
 */
export type SubscriptionSnapshot = {
  /** Stripe's status: trialing, active, past_due, unpaid, paused, canceled, incomplete or incomplete_expired */
  status: string
  /** candidates for the plan, best first */
  plans: { plan: string; slots: number }[]
  /** paid periods, oldest first */
  paid: { from: string; to: string }[]
  trial_ends_at: string | null
  cancel_at_period_end: boolean
  ended_at: string | null
}

/** Why a subscription starts no membership yet, and whether a person must look. */
export type Unopened = { reason: string; attention: boolean }

/**
 * Starts a membership from the first paid period that ends after the account was created, then syncs to the present. Months
 * count in UTC, as at the provider.
 */
export function openFromProvider(
  snapshot: SubscriptionSnapshot,
  plans: Plans,
  accountSince: string,
  now: string,
): Step | Unopened {
  const known = planOf(snapshot, plans)
  const { trial_ends_at } = snapshot
  const terms = known && plans[known.plan]
  const counts = terms && !terms.trial && trial_ends_at ? trial_ends_at : ''
  const first = snapshot.paid.find(({ from, to }) => to > accountSince && from >= counts)
  if (!first) return { reason: 'No period is paid yet.', attention: false }
  if (!known || !terms) return { reason: unknownPlan(snapshot, plans), attention: !isOver(snapshot) }
  const trial = trial_ends_at !== null && first.to <= trial_ends_at
  const opening = { ...known, anchor: first.from, paid_through: first.to, trial, trial_ends_at }
  const opened = openMembership(terms, opening, 'UTC', now < first.from ? now : first.from)
  return then(opened, membership => syncFromProvider(membership, snapshot, plans, now))
}

/**
 * Syncs a membership from its subscription. Applies what the provider changed since the last poll, keeps manual changes, and
 * raises attention where the two disagree. The same snapshot again changes nothing.
 */
export function syncFromProvider(
  before: Membership,
  snapshot: SubscriptionSnapshot,
  plans: Plans,
  now: string,
): Step {
  const last = before.provider
  const { ended_at } = snapshot
  const at = ended_at !== null && ended_at < now ? ended_at : now
  let done = then(payFor(adopt(before, snapshot), snapshot, at), membership => step(membership, at))
  for (const rule of [planChange, cancellation, pause, resumption, ending]) {
    const event = rule(done.membership, snapshot, plans, at)
    if (event) done = then(done, membership => apply(membership, event, at))
  }
  done = then(done, membership => step(membership, now))
  const { membership } = done
  const known = planOf(snapshot, plans)
  const provider: ProviderState = {
    status: snapshot.status,
    plan: known?.plan ?? last?.plan ?? null,
    slots: known?.slots ?? last?.slots ?? null,
    cancel_at_period_end: snapshot.cancel_at_period_end,
    paused: membership.state === 'lapsed' && (snapshot.status === 'paused' || (last?.paused ?? false)),
    attention: null,
  }
  provider.attention = disagreement({ ...membership, provider }, snapshot, plans)
  return { ...done, membership: { ...membership, provider } }
}

/** Applies first what decides on due steps: a revoked cancellation, another end of the trial. */
function adopt(
  membership: Membership,
  { cancel_at_period_end, trial_ends_at }: SubscriptionSnapshot,
): Membership {
  const revoked = membership.provider?.cancel_at_period_end && !cancel_at_period_end
  const inTrial = membership.state === 'trialing' && trial_ends_at !== null
  return {
    ...membership,
    ...(revoked ? { cancel_at_period_end: false } : {}),
    ...(inTrial ? { trial_ends_at, anchor: trial_ends_at } : {}),
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

function payWithoutGap(membership: Membership, { paid }: SubscriptionSnapshot, now: string): Step {
  const { state, paid_through } = membership
  if (state === 'ended' || paid_through === null || wasStopped(membership)) return stepTo(membership)
  const through = paid.reduce(
    (end, period) => (period.from <= end && period.to > end ? period.to : end),
    paid_through,
  )
  return through === paid_through ? stepTo(membership) : payLate(membership, through, now)
}

/** The first paid period after a gap that has begun. */
function returnOf(membership: Membership, { paid }: SubscriptionSnapshot, now: string) {
  const { state, paid_through } = membership
  if (state !== 'lapsed' || paid_through === null || wasStoppedByHand(membership)) return undefined
  return paid.find(({ from }) => from > paid_through && from <= now)
}

type Rule = (
  membership: Membership,
  snapshot: SubscriptionSnapshot,
  plans: Plans,
  at: string,
) => MembershipEvent | null

const planChange: Rule = ({ state, plan, slots, scheduled, terms, provider }, snapshot, plans) => {
  const wanted = planOf(snapshot, plans)
  if (!wanted || state === 'ended') return null
  if (provider && provider.plan === wanted.plan && provider.slots === wanted.slots) return null
  const coming = scheduled ?? { plan, slots }
  if (coming.plan === wanted.plan && coming.slots === wanted.slots) return null
  const offered = plans[wanted.plan]
  if (!offered) return null
  return { kind: 'change', change: { ...wanted, terms: wanted.plan === plan ? terms : offered } }
}

const cancellation: Rule = (membership, { status, cancel_at_period_end }) => {
  const isNew = cancel_at_period_end && !membership.provider?.cancel_at_period_end
  return isNew && isRunning(membership) && status !== 'canceled'
    ? { kind: 'cancel', when: 'period_end' }
    : null
}

const pause: Rule = (membership, { status }) =>
  status === 'paused' && membership.provider?.status !== 'paused' && isRunning(membership)
    ? { kind: 'lapse' }
    : null

const resumption: Rule = (membership, { status, paid }, _plans, at) => {
  const paid_through = paid.at(-1)?.to ?? ''
  const resumes = membership.state === 'lapsed' && isGoing(status) && paid_through > at
  return resumes && !wasStoppedByHand(membership) ? { kind: 'reactivate', paid_through } : null
}

const ending: Rule = ({ state }, snapshot) =>
  isOver(snapshot) && state !== 'ended' ? { kind: 'cancel', when: 'now' } : null

/** Attention if membership and subscription disagree. */
function disagreement(membership: Membership, snapshot: SubscriptionSnapshot, plans: Plans): string | null {
  const { status } = snapshot
  if (membership.state === 'ended')
    return isGoing(status) || status === 'past_due'
      ? attention(
          'still_billing',
          `the membership has ended, but its subscription is ${status}. Cancel it at the provider, or create a new membership.`,
        )
      : null
  if (wasStoppedByHand(membership) && isGoing(status))
    return attention(
      'stopped_manually',
      `its subscription is ${status}. Send \`{"kind": "reactivate"}\`, or cancel it at the provider.`,
    )
  return planOf(snapshot, plans) || isOver(snapshot) ? null : unknownPlan(snapshot, plans)
}

function unknownPlan(snapshot: SubscriptionSnapshot, plans: Plans): string {
  const named = snapshot.plans.map(({ plan }) => plan).join(', ') || 'none'
  const offered = Object.keys(plans).join(', ') || 'none'
  return attention(
    'unknown_plan',
    `the subscription names ${named}, and the policy has ${offered}. Set the price's lookup_key or the subscription's metadata.plan to a plan.`,
  )
}

function planOf(snapshot: SubscriptionSnapshot, plans: Plans): { plan: string; slots: number } | undefined {
  return snapshot.plans.find(({ plan }) => Object.hasOwn(plans, plan))
}

function wasStoppedByHand(membership: Membership): boolean {
  return wasStopped(membership) && !membership.provider?.paused
}

function isGoing(status: string): boolean {
  return status === 'active' || status === 'trialing'
}

function isOver({ status }: SubscriptionSnapshot): boolean {
  return status === 'canceled' || status === 'incomplete_expired'
}
