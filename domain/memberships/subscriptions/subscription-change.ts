import { addAttention, attention } from '../../shared/attention.ts'
import type { MembershipEvent } from '../events.ts'
import { type Membership, type ProviderState, type Step, type SubscriptionChange, stepTo } from '../membership.ts'

const HOUR_MS = 3_600_000
/** Attention is raised when a change takes this long, or when the next charge is this near. */
const PATIENCE_MS = HOUR_MS
const BEFORE_CHARGE_MS = 24 * HOUR_MS

/** Adds the change of the subscription at the provider that a person's event requires. */
export function requestChange(before: Membership | null, step: Step, event: MembershipEvent, at: string): Step {
  const { membership } = step
  const { provider, subscription_change: pending } = membership
  const to = wantedChange(before, membership, event)
  if (!provider || to === null || (!pending && isMade(to, provider))) return step
  return { ...step, membership: { ...membership, subscription_change: { to, since: at, refused: null } } }
}

function wantedChange(
  before: Membership | null,
  { state, cancel_at_period_end }: Membership,
  { kind }: MembershipEvent,
): SubscriptionChange['to'] | null {
  if (before?.state === 'ended') return null
  if (kind === 'cancel') return state === 'ended' ? 'cancelled' : 'cancelled_at_period_end'
  const continues = kind === 'reactivate' || kind === 'undo_cancel'
  return continues && before?.cancel_at_period_end && !cancel_at_period_end ? 'continued' : null
}

/** Removes a change that the provider has made. */
export function confirmChange(membership: Membership, provider: ProviderState, at: string): Step {
  const { subscription_change: change, ...others } = membership
  if (!change || !isMade(changeToMake(membership, change), provider)) return stepTo(membership)
  return stepTo(others, { at, what: 'subscription_changed', detail: { to: changeToMake(membership, change) } })
}

/** Records why the provider does not make a change. */
export function refuseChange(membership: Membership, reason: string, at: string): Step {
  const { subscription_change: change } = membership
  if (!change || change.refused === reason) return stepTo(membership)
  const refused = { ...change, refused: reason }
  return stepTo({ ...membership, subscription_change: refused }, { at, what: 'subscription_change_refused' })
}

/** The subscription of a membership that has ended meanwhile is cancelled now. */
export function changeToMake({ state }: Membership, { to }: SubscriptionChange): SubscriptionChange['to'] {
  return state === 'ended' ? 'cancelled' : to
}

function isMade(to: SubscriptionChange['to'], { status, cancel_at_period_end }: ProviderState): boolean {
  if (status === 'canceled' || status === 'incomplete_expired') return true
  return to !== 'cancelled' && cancel_at_period_end === (to === 'cancelled_at_period_end')
}

/** Why a membership needs attention, by what is recorded of it; null if it does not. */
export function membershipAttention({ provider, subscription_change: change }: Membership): string | null {
  const raised = provider?.attention ?? null
  if (!change?.refused) return raised
  return addAttention(raised, refusedChange(change.refused))
}

/** Attention for a change that the provider refused. */
function refusedChange(refused: string): string {
  return attention('subscription_change', `${refused} Change the subscription at the provider.`)
}

/** Attention for a change that the provider could not make for too long; null while there is time. */
export function lateChange(
  { subscription_change: change, paid_through }: Membership,
  at: string,
  reason: string,
): string | null {
  if (!change) return null
  const age = Date.parse(at) - Date.parse(change.since)
  const isNear = paid_through !== null && Date.parse(paid_through) - Date.parse(at) < BEFORE_CHARGE_MS
  if (age < PATIENCE_MS && !isNear) return null
  return attention('subscription_change', `${reason} It is tried again; the next charge is at ${paid_through}.`)
}
