import { attention } from '../../shared/attention.ts'
import type { Membership } from '../membership.ts'
import { wasStopped } from '../renewal.ts'
import type { Plans } from '../terms.ts'
import { isGoing, isOver, type SubscriptionSnapshot } from './subscription.ts'

/** Attention if membership and subscription disagree. */
export function disagreement(
  membership: Membership,
  snapshot: SubscriptionSnapshot,
  plans: Plans,
  at: string,
): string | null {
  const { status } = snapshot
  if (membership.state === 'ended') return chargedAfterEnd(membership, snapshot) ?? stillBilling(membership, status)
  if (wasStoppedByHand(membership) && isGoing(status))
    return attention(
      'stopped_manually',
      `its subscription is ${status}. Send \`{"kind": "reactivate"}\`, or cancel it at the provider.`,
    )
  if (!isOver(snapshot) && (!snapshot.plan?.slots || isUnassigned(membership, snapshot, at)))
    return unknownPlan(snapshot, plans)
  if (isFreeTime(membership, snapshot, at))
    return attention(
      'trial_after_payment',
      'its subscription, which was paid before, has a trial, and a trial after a payment pays for no time here. Send `{"kind": "renew", "paid_through": TIME}` if the time is free, or end the trial at the provider.',
    )
  return isGivenUp(membership, snapshot, at)
    ? attention(
        'invoice_given_up',
        `its subscription is ${status} although the invoice of the present period was voided or marked uncollectible. Send \`{"kind": "renew", "paid_through": TIME}\`, or cancel it at the provider.`,
      )
    : null
}

/** Whether the present period is unpaid while the subscription continues. */
function isGivenUp({ state }: Membership, { status, given_up = [] }: SubscriptionSnapshot, at: string): boolean {
  const isUnpaid = state === 'past_due' || state === 'lapsed'
  return isUnpaid && isGoing(status) && given_up.some(({ from, to }) => from <= at && at < to)
}

/** Whether the present time is unpaid because of a trial that was set after a payment. */
function isFreeTime({ state }: Membership, { trial_after_payment: trial }: SubscriptionSnapshot, at: string): boolean {
  const isUnpaid = state === 'past_due' || state === 'lapsed'
  return isUnpaid && trial !== undefined && trial.from <= at && at < trial.to
}

/** Whether the plan of a payment that may change the membership cannot be told, and no later payment tells it. */
function isUnassigned(
  { plan: current, paid_through }: Membership,
  { unassigned = [], paid, plan }: SubscriptionSnapshot,
  at: string,
): boolean {
  return unassigned.some(time => {
    const isKnown = plan?.plan === current && time.to <= (paid_through ?? '')
    return !isKnown && time.to > at && !paid.some(({ from, to }) => from >= time.from && to >= time.to)
  })
}

export function unknownPlan(snapshot: SubscriptionSnapshot, plans: Plans): string {
  if (snapshot.plan?.slots === 0)
    return attention(
      'unknown_plan',
      'the quantity of its plan is 0. Set it to 1 or more, or cancel it at the provider.',
    )
  if (snapshot.plan)
    return attention(
      'unknown_plan',
      'a paid price names no plan, and its invoice has none in metadata. Give the price a plan as lookup_key.',
    )
  const named = snapshot.named.join(', ') || 'none'
  const offered = Object.keys(plans).join(', ') || 'none'
  return attention(
    'unknown_plan',
    `the subscription names ${named}, and the policy has ${offered}. Give exactly one of its prices a plan as lookup_key.`,
  )
}

/** A payment for a time that an ended membership does not cover, unless it was refunded or acknowledged. */
function chargedAfterEnd(
  { paid_through, lapsed_at, charges_seen = '' }: Membership,
  { paid }: SubscriptionSnapshot,
): string | null {
  const ended = lapsed_at ?? ''
  const charged = paid.find(({ from, to, proration, back, credited }) => {
    const isUncovered = proration || paid_through === null ? from >= ended : to > paid_through
    const of = back?.of ?? credited?.of
    const isReturned = of !== undefined && (back?.amount ?? 0) + (credited?.amount ?? 0) >= of
    return isUncovered && !isReturned && from > charges_seen
  })
  return charged
    ? attention(
        'charged_after_end',
        `the membership has ended, but its subscription was charged for the time from ${charged.from} to ${charged.to}. Refund the payment at the provider. If the customer keeps the time in another membership, send \`{"kind": "acknowledged"}\`.`,
      )
    : null
}

function stillBilling({ subscription_change }: Membership, status: string): string | null {
  if (subscription_change || !(isGoing(status) || status === 'past_due')) return null
  return attention(
    'still_billing',
    `the membership has ended, but its subscription is ${status}. Cancel it at the provider, or create a new membership.`,
  )
}

/** Whether a person, not the provider, stopped it. */
export function wasStoppedByHand(membership: Membership): boolean {
  return wasStopped(membership) && !membership.provider?.paused
}
