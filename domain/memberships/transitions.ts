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
export function decideTransition(before: Membership | null, told: TransitionInput, at: string): Step {
  if (told.kind === 'opening' && !before) return openMembership(told.terms, told.opening, told.time_zone, at)
  if (told.kind === 'subscription' && !before) {
    const opened = openFromProvider(told.snapshot, told.plans, told.since, at)
    if ('reason' in opened) throw new Error(`the subscription begins no membership: ${opened.reason}`)
    return opened
  }
  if (!before) throw new Refused({ code: 'not_found', detail: 'There is no such membership.' })
  if (told.kind === 'event') return apply(before, told.event, at)
  if (told.kind === 'subscription') return syncFromProvider(before, told.snapshot, told.plans, at)
  return step(before, at)
}

/** What is kept of it: of all plans those that the subscription names. */
export function toStored(told: TransitionInput): TransitionInput {
  if (told.kind !== 'subscription') return told
  const named = new Set(told.snapshot.plans.map(({ plan }) => plan))
  const plans = Object.fromEntries(Object.entries(told.plans).filter(([plan]) => named.has(plan)))
  return { ...told, plans }
}

export type StoredTransition = { at: string; told: TransitionInput }

/**
 * Decides all moves of a membership again, from the first on, and after them what fell due until a time without being
 * done.
 * @returns how it should stand, what it should have been given, and of that what nobody has done yet
 */
export function replayTransitions(
  policy: Policy,
  id: string,
  moves: StoredTransition[],
  until: string,
): { membership: Membership; grants: MembershipGrant[]; undone: MembershipGrant[] } | null {
  let membership: Membership | null = null
  const grants: MembershipGrant[] = []
  for (const { at, told } of moves) {
    const done: Step = decideTransition(membership, told, at)
    membership = done.membership
    grants.push(...done.due.map(due => grantOf(policy, done.membership, id, due)))
  }
  if (!membership) return null
  const late = step(membership, until)
  const undone = late.due.map(due => grantOf(policy, late.membership, id, due))
  return { membership, grants, undone }
}
