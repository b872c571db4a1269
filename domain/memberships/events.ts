import { dropAttention } from '../shared/attention.ts'
import { invalidRequest } from '../shared/refusals.ts'
import { change, undoChange } from './change.ts'
import { endIfJoined, later, step, stop } from './due.ts'
import { type Change, coveredUntil, isRunning, type Membership, type Step, stepTo, then } from './membership.ts'
import { reactivate, renew } from './renewal.ts'

/** A request of a person, or a report of a payment provider. */
export type MembershipEvent =
  | { kind: 'renew'; paid_through: string }
  | { kind: 'reactivate'; paid_through?: string | undefined }
  | { kind: 'lapse' }
  | { kind: 'cancel'; when?: 'now' | 'period_end' | undefined }
  | { kind: 'undo_cancel' }
  | { kind: 'undo_change' }
  | { kind: 'change'; change: Change; when?: 'now' | 'next_grant' | undefined }
  | { kind: 'combine'; credits: number; memberships: string[]; paid_through?: string | undefined }
  | { kind: 'join'; into: string; before: string }
  | { kind: 'arrange'; monthly: number | null; until?: string | undefined }
  | { kind: 'acknowledged' }

/**
 * Applies an event after every step due by then, and takes the steps that it makes due. An event that was applied before, or
 * is obsolete, changes nothing.
 * @throws Refused invalid_request if the membership has ended
 */
export function apply(membership: Membership, event: MembershipEvent, now: string): Step {
  const before = step(membership, now)
  const applied = then(before, current => applyEvent(current, event, now))
  const stopped = then(applied, current => stopIfUncovered(current, now))
  return then(stopped, current => step(current, now))
}

/** An event that shortens the grace of an unpaid membership stops it now, not in the past. */
function stopIfUncovered(membership: Membership, now: string): Step {
  if (membership.state !== 'past_due' || coveredUntil(membership) > now) return stepTo(membership)
  return stop(membership, now, membership.cancel_at_period_end ? 'end' : 'lapse')
}

/** Events that an ended membership ignores; it refuses the others. */
const AFTER_END: MembershipEvent['kind'][] = ['lapse', 'cancel', 'join']

/** Events that a membership accepts until it has joined another one. */
const WHILE_JOINING: MembershipEvent['kind'][] = ['renew', 'reactivate', 'lapse', 'cancel', 'undo_cancel']

function applyEvent(membership: Membership, event: MembershipEvent, now: string): Step {
  if (event.kind === 'acknowledged') return acknowledge(membership, now)
  if (membership.state === 'ended') {
    if (AFTER_END.includes(event.kind)) return stepTo(membership)
    throw invalidRequest('membership', 'has ended; create a new one')
  }
  if (membership.joins && !WHILE_JOINING.includes(event.kind))
    throw invalidRequest('membership', `is combined into ${membership.joins.into}; change that one`)
  switch (event.kind) {
    case 'renew':
      return renew(membership, event.paid_through, now)
    case 'reactivate':
      return reactivate(membership, event.paid_through, now)
    case 'lapse':
      return isRunning(membership) ? stop(membership, now, 'lapse') : stepTo(membership)
    case 'cancel':
      return cancel(membership, event.when ?? 'period_end', now)
    case 'undo_cancel':
      return undoCancel(membership, now)
    case 'change':
      return change(membership, event.change, event.when, now)
    case 'undo_change':
      return undoChange(membership, now)
    case 'combine':
      return combine(membership, event, now)
    case 'join':
      return join(membership, event, now)
    case 'arrange':
      return arrange(membership, event, now)
  }
}

function cancel(membership: Membership, when: 'now' | 'period_end', now: string): Step {
  if (when === 'now' || membership.state === 'lapsed') return stop(membership, now, 'end')
  if (membership.cancel_at_period_end) return stepTo(membership)
  return stepTo({ ...membership, cancel_at_period_end: true }, { at: now, what: 'cancelled' })
}

/** Undoes a cancellation before it takes effect. */
function undoCancel(membership: Membership, now: string): Step {
  if (membership.state === 'lapsed') throw invalidRequest('membership', 'has lapsed; reactivate it')
  if (!membership.cancel_at_period_end) return stepTo(membership)
  return stepTo({ ...membership, cancel_at_period_end: false }, { at: now, what: 'cancellation_undone' })
}

/** A person has acknowledged the charges after the end. */
function acknowledge(membership: Membership, now: string): Step {
  const { state, provider } = membership
  if (state !== 'ended' || !provider) return stepTo(membership)
  const seen = { ...provider, attention: dropAttention(provider.attention, 'charged_after_end') }
  return stepTo({ ...membership, provider: seen, charges_seen: now }, { at: now, what: 'acknowledged' })
}

/**
 * Adds the monthly credits of other memberships, which then join this one and end (BR-04), from its next anniversary on. Their
 * grants of the current month count as granted.
 */
function combine(
  membership: Membership,
  { credits, memberships, paid_through }: Extract<MembershipEvent, { kind: 'combine' }>,
  now: string,
): Step {
  const { combined, given_this_month, paid_through: before } = membership
  return stepTo(
    {
      ...membership,
      combined: combined + credits,
      given_this_month: given_this_month + credits,
      paid_through: before === null ? null : later(before, paid_through ?? null),
    },
    { at: now, what: 'combined', detail: { memberships, credits } },
  )
}

/** Sets monthly credits from the next month on; grants of the current month stay. */
function arrange(
  membership: Membership,
  { monthly, until = null }: { monthly: number | null; until?: string | null | undefined },
  now: string,
): Step {
  const { arranged: _, ...others } = membership
  return stepTo(monthly === null ? others : { ...others, arranged: { credits: monthly, until } }, {
    at: now,
    what: 'arranged',
    detail: { monthly, until },
  })
}

/** Its own months that begin before the next month of the other are still granted, each for its whole length (BR-18). */
function join(membership: Membership, { into, before }: Extract<MembershipEvent, { kind: 'join' }>, now: string): Step {
  const { paid_through } = membership
  const covered = { ...membership, paid_through: paid_through === null ? null : later(paid_through, before) }
  const joining = stepTo({ ...covered, joins: { into, before } }, { at: now, what: 'joins', detail: { into, before } })
  return then(joining, current => endIfJoined(current, now))
}
