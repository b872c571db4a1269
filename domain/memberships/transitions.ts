import type { Policy } from '../policy/policy.ts'
import { notFound } from '../shared/refusals.ts'
import { step } from './due.ts'
import { apply, type MembershipEvent } from './events.ts'
import { grantOf, type MembershipGrant } from './grants.ts'
import { type ImportedMembership, importMembership } from './imported.ts'
import type { Membership, Step } from './membership.ts'
import { checkTrial, type Opening, openMembership } from './opening.ts'
import { applyMoneyBack, type MonthEffect } from './subscriptions/money-back.ts'
import type { SubscriptionSnapshot } from './subscriptions/subscription.ts'
import { refuseChange, requestChange } from './subscriptions/subscription-change.ts'
import { type AccountHistory, openFromProvider, syncFromProvider } from './subscriptions/sync.ts'
import type { MembershipTerms, Plans } from './terms.ts'

/**
 * The input of a transition, besides the membership before it and the time. It is stored, so that audits can replay the whole
 * history (BR-16).
 */
export type TransitionInput =
  | { kind: 'opening'; opening: Opening; terms: MembershipTerms; time_zone: string; had_trial?: boolean }
  | { kind: 'import'; membership: ImportedMembership; terms: MembershipTerms; time_zone: string }
  | { kind: 'step' }
  | { kind: 'event'; event: MembershipEvent }
  /** the provider refuses the change of its subscription */
  | { kind: 'change_refused'; reason: string }
  | ({ kind: 'subscription'; snapshot: SubscriptionSnapshot; plans: Plans } & AccountHistory)

/** A decided transition; its effects apply to the lots after the grants. */
export type Transition = Step & { effects: MonthEffect[] }

/** Decides a transition. @throws Refused by the rules, not_found without a membership */
export function decideTransition(before: Membership | null, input: TransitionInput, at: string): Transition {
  return applyMoneyBack(before, decideStep(before, input, at), at)
}

function decideStep(before: Membership | null, input: TransitionInput, at: string): Step {
  if (input.kind === 'opening' && !before) {
    checkTrial(input.terms, input.opening, input.had_trial ?? false)
    return openMembership(input.terms, input.opening, input.time_zone, at)
  }
  if (input.kind === 'import' && !before) return importMembership(input.terms, input.membership, input.time_zone, at)
  if (input.kind === 'subscription' && !before) {
    const opened = openFromProvider(input.snapshot, input.plans, input, at)
    if ('reason' in opened) throw new Error(`the subscription starts no membership: ${opened.reason}`)
    return opened
  }
  if (!before) throw notFound('membership')
  if (input.kind === 'event') return requestChange(before, apply(before, input.event, at), input.event, at)
  if (input.kind === 'change_refused') return refuseChange(before, input.reason, at)
  if (input.kind === 'subscription') return syncFromProvider(before, input.snapshot, input.plans, at)
  return step(before, at)
}

/** The stored form: only the plans that the subscription has or paid for. */
export function toStored(input: TransitionInput): TransitionInput {
  if (input.kind !== 'subscription') return input
  const { plan, paid } = input.snapshot
  const named = new Set([plan?.plan, ...paid.map(each => each.plan)])
  const plans = Object.fromEntries(Object.entries(input.plans).filter(([name]) => named.has(name)))
  return { ...input, plans }
}

export type StoredTransition = { at: string; input: TransitionInput }

/**
 * Replays all transitions of a membership, and takes the steps that fell due until a time.
 * @returns the correct membership, its grants, and due grants without a transition
 */
export function replayTransitions(
  policy: Policy,
  id: string,
  transitions: StoredTransition[],
  until: string,
): { membership: Membership; grants: MembershipGrant[]; overdue: MembershipGrant[] } | null {
  let membership: Membership | null = null
  const grants: MembershipGrant[] = []
  for (const { at, input } of transitions) {
    const done: Step = decideTransition(membership, input, at)
    membership = done.membership
    grants.push(...done.due.map(due => grantOf(policy, done.membership, id, due)))
  }
  if (!membership) return null
  const late = step(membership, until)
  const overdue = late.due.map(due => grantOf(policy, late.membership, id, due))
  return { membership, grants, overdue }
}
