import type { Policy } from '../policy/policy.ts'
import { Refused } from '../shared/refusals.ts'
import { step } from './due.ts'
import { apply, type MembershipEvent, type Opening, openMembership } from './events.ts'
import { grantOf, type MembershipGrant } from './grants.ts'
import type { Membership, MembershipTerms, Plans, Step } from './membership.ts'
import { openFromProvider, type SubscriptionSnapshot, syncFromProvider } from './subscription-snapshot.ts'

/**
 * All that a move of a membership is decided on, besides how it stood and the time. It is kept with the move, so that
 * the whole history can be decided again from nothing (BR-16).
 */
export type TransitionInput =
  | { kind: 'opening'; opening: Opening; terms: MembershipTerms; time_zone: string }
  | { kind: 'step' }
  | { kind: 'event'; event: MembershipEvent }
  /** `since`: when the account was made, which decides about the first period that counts */
  | { kind: 'subscription'; snapshot: SubscriptionSnapshot; plans: Plans; since: string }

/** Decides a move. @throws Refused as the rules do, not_found where there is nothing to move */
export function decideTransition(before: Membership | null, input: TransitionInput, at: string): Step {
  if (input.kind === 'opening' && !before)
    return openMembership(input.terms, input.opening, input.time_zone, at)
  if (input.kind === 'subscription' && !before) {
    const opened = openFromProvider(input.snapshot, input.plans, input.since, at)
    if ('reason' in opened) throw new Error(`the subscription begins no membership: ${opened.reason}`)
    return opened
  }
  if (!before) throw new Refused({ code: 'not_found', detail: 'There is no such membership.' })
  if (input.kind === 'event') return apply(before, input.event, at)
  if (input.kind === 'subscription') return syncFromProvider(before, input.snapshot, input.plans, at)
  return step(before, at)
}

/** What is kept of it: of all plans those that the subscription names. */
export function toStored(input: TransitionInput): TransitionInput {
  if (input.kind !== 'subscription') return input
  const named = new Set(input.snapshot.plans.map(({ plan }) => plan))
  const plans = Object.fromEntries(Object.entries(input.plans).filter(([plan]) => named.has(plan)))
  return { ...input, plans }
}

export type StoredTransition = { at: string; input: TransitionInput }

/**
 * Decides all moves of a membership again, from the first on, and after them what fell due until a time without being
 * done.
 * @returns how it should stand, what it should have been given, and of that what nobody has done yet
 */
export function replayTransitions(
  policy: Policy,
  id: string,
  transitions: StoredTransition[],
  until: string,
): { membership: Membership; grants: MembershipGrant[]; undone: MembershipGrant[] } | null {
  let membership: Membership | null = null
  const grants: MembershipGrant[] = []
  for (const { at, input } of transitions) {
    const done: Step = decideTransition(membership, input, at)
    membership = done.membership
    grants.push(...done.due.map(due => grantOf(policy, done.membership, id, due)))
  }
  if (!membership) return null
  const late = step(membership, until)
  const undone = late.due.map(due => grantOf(policy, late.membership, id, due))
  return { membership, grants, undone }
}
