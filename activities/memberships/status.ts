import type { MembershipRecord, MembershipTransition } from '../../db/memberships/memberships.ts'
import { nextDue } from '../../domain/memberships/due.ts'
import type { Membership } from '../../domain/memberships/membership.ts'
import { membershipAttention } from '../../domain/memberships/subscriptions/subscription-change.ts'
import { plannedGrant } from '../../domain/memberships/view.ts'

export type Payer = Pick<MembershipTransition, 'provider' | 'external_id'>

/** The part of a membership after a transition that its workflow needs. */
export type MembershipStatus = {
  state: Membership['state']
  plan: string
  slots: number
  paid_through: string | null
  next_due_at: string | null
  /** null where no grant follows; no credits where the policy has no amount */
  next_grant: { at: string; credits: number | null } | null
  /** whether it ends with the paid period */
  cancel_at_period_end: boolean
  on_test_clock: boolean
  /** whether the transition granted credits */
  granted: boolean
  revision: number
  /** who pays, and the last status of the subscription at the payment provider */
  payer: Payer & { status: string | null }
  attention: string | null
  /** a change of the subscription that the provider has not made yet; else null */
  subscription_change: 'pending' | 'refused' | null
  /** the delay until an unreachable payment provider is polled again; else null */
  retry_after_ms: number | null
}

/** A subscription that started no membership, and why. */
export type NotStarted = { reason: string; attention: string | null }

/** A membership as the ledger has it. */
export function statusOf({ status, revision, provider, external_id, test_clock }: MembershipRecord): MembershipStatus {
  return toStatus(status, {
    revision,
    on_test_clock: test_clock !== null,
    granted: false,
    payer: { provider, external_id },
  })
}

export function toStatus(
  membership: Membership,
  { payer, ...others }: Pick<MembershipStatus, 'revision' | 'on_test_clock' | 'granted'> & { payer: Payer },
): MembershipStatus {
  const { state, plan, slots, paid_through, provider, subscription_change: change, cancel_at_period_end } = membership
  const planned = plannedGrant(membership)
  return {
    state,
    plan,
    slots,
    paid_through,
    next_due_at: nextDue(membership)?.at ?? null,
    next_grant: planned && { at: planned.at, credits: planned.amount },
    cancel_at_period_end,
    ...others,
    payer: { ...payer, status: provider?.status ?? null },
    attention: membershipAttention(membership),
    subscription_change: change ? (change.refused ? 'refused' : 'pending') : null,
    retry_after_ms: null,
  }
}
