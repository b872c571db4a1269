import { changesPlan, step } from './due.ts'
import {
  creditsOfMonth,
  isRunning,
  type Membership,
  monthlyCredits,
  nextGrantAt,
  type TimelineEvent,
} from './membership.ts'

/**
 * A membership's present state in the API: steps that are due count as done, even if no worker has taken them yet.
 * `subscription_change` is a change that the payment provider has not made yet.
 */
export function showMembership(stored: Membership, recorded: TimelineEvent[], now: string) {
  const { membership, events } = step(stored, now)
  const { plan, slots, state, anchor, paid_through, trial_ends_at, cancel_at_period_end, scheduled } = membership
  const { subscription_change: change, joins = null } = membership
  const unchanged = { plan, slots, state, anchor, paid_through, trial_ends_at, cancel_at_period_end }
  return {
    ...unchanged,
    current_period_end: isRunning(membership) ? (paid_through ?? nextGrantAt(membership)) : null,
    next_grant: nextGrant(membership),
    scheduled_change:
      scheduled && changesPlan(membership)
        ? { plan: scheduled.plan, slots: scheduled.slots, at: nextGrantAt(membership) }
        : null,
    joins: state === 'ended' ? null : joins,
    subscription_change: change ? { to: change.to, state: change.refused === null ? 'pending' : 'refused' } : null,
    ...(monthlyCredits(membership) === null ? { not_configured: ['monthly_credits'] } : {}),
    history: [...recorded, ...events],
  }
}

/** The next grant as far as its amount is configured. */
function nextGrant(membership: Membership) {
  const { at, amount, source } = plannedGrant(membership) ?? {}
  return at && amount && source ? { at, amount, source } : null
}

/** The next grant, assuming that payments continue until a scheduled cancellation; null if none follows. */
export function plannedGrant(membership: Membership) {
  const { state, scheduled, cancel_at_period_end, paid_through, terms } = membership
  if (state === 'lapsed' || state === 'ended') return null
  const at = nextGrantAt(membership)
  if (cancel_at_period_end && (paid_through === null || at >= paid_through)) return null
  const amount = creditsOfMonth(scheduled ? { ...membership, ...scheduled } : membership, at)
  const source = (scheduled ?? membership).terms.monthly?.source ?? terms.monthly?.source
  return { at, amount, source }
}
