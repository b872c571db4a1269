import { attention } from '../shared/attention.ts'
import { step } from './due.ts'
import { apply, type MembershipEvent, openMembership, payLate, wasStopped } from './events.ts'
import type { Membership, Plans, ProviderState, Step } from './membership.ts'

/**
 * How a subscription stands at a payment provider, asked at one moment. It says all there is to know, so whoever follows
 * the latest one is right, whatever was lost, repeated or told in another order before. Times are ISO 8601 UTC.
 */
export type SubscriptionSnapshot = {
  /** trialing, active, past_due, unpaid, paused, canceled, incomplete or incomplete_expired, in Stripe's words */
  status: string
  /** what may name the plan, the surest first */
  plans: { plan: string; slots: number }[]
  /** the periods that were paid for, oldest first */
  paid: { from: string; to: string }[]
  trial_ends_at: string | null
  cancel_at_period_end: boolean
  ended_at: string | null
}

/** Why a subscription begins no membership (yet), and whether somebody has to see to it. */
export type Unopened = { reason: string; attention: boolean }

/**
 * Begins the membership of a subscription with the first period that was paid for and had not ended when the account was
 * made, in UTC, which is how the provider counts months; then follows what came after.
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
  if (!first) return { reason: 'Nothing is paid yet.', attention: false }
  if (!known || !terms) return { reason: unknownPlan(snapshot, plans), attention: !isOver(snapshot) }
  const trial = trial_ends_at !== null && first.to <= trial_ends_at
  const opening = { ...known, anchor: first.from, paid_through: first.to, trial, trial_ends_at }
  const opened = openMembership(terms, opening, 'UTC', now < first.from ? now : first.from)
  return then(opened, membership => syncFromProvider(membership, snapshot, plans, now))
}

/**
 * Brings a membership to where its subscription stands. What the provider changed since it was last asked is done; what was done by
 * hand meanwhile stays, and where the two disagree the membership says so. The same snapshot again changes nothing.
 */
export function syncFromProvider(
  before: Membership,
  snapshot: SubscriptionSnapshot,
  plans: Plans,
  now: string,
): Step {
  const told = before.provider
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
    plan: known?.plan ?? told?.plan ?? null,
    slots: known?.slots ?? told?.slots ?? null,
    cancel_at_period_end: snapshot.cancel_at_period_end,
    paused: membership.state === 'lapsed' && (snapshot.status === 'paused' || (told?.paused ?? false)),
    attention: null,
  }
  const heard = { ...membership, provider }
  const disagrees = disagreement(heard, snapshot, plans)
  return { ...done, membership: { ...heard, provider: { ...provider, attention: disagrees } } }
}

/** What must be known before anything falls due: a cancellation that was taken back, a trial of another length. */
function adopt(
  membership: Membership,
  { cancel_at_period_end, trial_ends_at }: SubscriptionSnapshot,
): Membership {
  const takenBack = membership.provider?.cancel_at_period_end && !cancel_at_period_end
  const inTrial = membership.state === 'trialing' && trial_ends_at !== null
  return {
    ...membership,
    ...(takenBack ? { cancel_at_period_end: false } : {}),
    ...(inTrial ? { trial_ends_at, anchor: trial_ends_at } : {}),
  }
}

/**
 * Time that was paid for counts whenever it is heard of: a late payment brings each month at its own time, as a punctual
 * one would have; after a gap the membership comes back with the period that ends it.
 */
function payFor(membership: Membership, snapshot: SubscriptionSnapshot, now: string): Step {
  const paid = payWithoutGap(membership, snapshot, now)
  const stands = then(paid, one => step(one, now))
  const back = returnOf(stands.membership, snapshot, now)
  if (!back) return paid
  const returned = then(stands, one => apply(one, { kind: 'reactivate', paid_through: back.to }, back.from))
  return then(returned, one => payFor(one, snapshot, now))
}

function payWithoutGap(membership: Membership, { paid }: SubscriptionSnapshot, now: string): Step {
  const { state, paid_through } = membership
  if (state === 'ended' || paid_through === null || wasStopped(membership)) return unchanged(membership)
  const through = paid.reduce(
    (end, period) => (period.from <= end && period.to > end ? period.to : end),
    paid_through,
  )
  return through === paid_through ? unchanged(membership) : payLate(membership, through, now)
}

/** The first period that was paid for after a gap, once it has begun. */
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
  const news = cancel_at_period_end && !membership.provider?.cancel_at_period_end
  return news && isRunning(membership) && status !== 'canceled'
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

/** What somebody should see to, in words; null while payment and state agree. */
function disagreement(membership: Membership, snapshot: SubscriptionSnapshot, plans: Plans): string | null {
  const { status } = snapshot
  if (membership.state === 'ended')
    return isGoing(status) || status === 'past_due'
      ? attention(
          'still_billing',
          `it has ended here, but its subscription is ${status} and goes on charging: cancel it at the provider, or begin a new membership.`,
        )
      : null
  if (wasStoppedByHand(membership) && isGoing(status))
    return attention(
      'stopped_manually',
      `it was stopped by hand, but its subscription is ${status}: send \`{"kind": "reactivate"}\`, or cancel it at the provider.`,
    )
  return planOf(snapshot, plans) || isOver(snapshot) ? null : unknownPlan(snapshot, plans)
}

function unknownPlan(snapshot: SubscriptionSnapshot, plans: Plans): string {
  const named = snapshot.plans.map(({ plan }) => plan).join(', ') || 'none'
  const offered = Object.keys(plans).join(', ') || 'none'
  return attention(
    'unknown_plan',
    `the subscription names no plan of the policy (${named}; there are ${offered}): give its price a plan as lookup_key, or the subscription metadata.plan.`,
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

function isRunning({ state }: Membership): boolean {
  return state !== 'lapsed' && state !== 'ended'
}

function unchanged(membership: Membership): Step {
  return { membership, due: [], events: [] }
}

function then(done: Step, next: (membership: Membership) => Step): Step {
  const { membership, due, events } = next(done.membership)
  return { membership, due: [...done.due, ...due], events: [...done.events, ...events] }
}
