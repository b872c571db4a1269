import { sourceOf } from '../lots/lot-terms.ts'
import type { MembershipPlan, Policy } from '../policy/policy.ts'
import { addDuration } from '../shared/calendar.ts'
import { invalidRequest } from '../shared/refusals.ts'

/** The terms a membership was sold under; it keeps them until it changes plan or slots. */
export type MembershipTerms = Omit<MembershipPlan, 'launch' | 'limits' | 'unlimited'> & {
  policy_version: number
  validity: string | null
  members_only: boolean
  trial_members_only: boolean
  /** what happens to credits whose payment goes back; absent if the policy did not say */
  refund?: 'revoke_unused' | 'keep'
  /** absent if the product had no launch when the membership began */
  launch?: LaunchTerms | null
}

/** The credits of the product's launch, in one window for everybody (LS-09). */
export type LaunchTerms = {
  source: string
  credits: MonthlyAmount
  members_only: boolean
  from: string
  until: string
  per: 'window' | 'month'
}

export type MonthlyAmount = NonNullable<MembershipPlan['monthly']>['credits']

export type PaymentProvider = keyof MembershipPlan['grace_by_provider']

/** The current terms of a plan for a payment provider. @throws Refused invalid_request with the known plans */
export function termsOf(policy: Policy, planName: string, provider: PaymentProvider = 'manual'): MembershipTerms {
  const plan = Object.hasOwn(policy.plans, planName) ? policy.plans[planName] : undefined
  if (!plan) throw invalidRequest('plan', `must be one of ${Object.keys(policy.plans).join(', ') || '(none)'}`)
  const { limits: _, unlimited: __, launch, ...terms } = plan
  const monthly = plan.monthly && sourceOf(policy, plan.monthly.source)
  return {
    ...terms,
    grace: plan.grace_by_provider[provider] ?? plan.grace,
    policy_version: policy.version,
    validity: monthly?.validity ?? null,
    members_only: monthly?.members_only ?? false,
    trial_members_only: plan.trial ? sourceOf(policy, plan.trial.source).members_only : false,
    ...(policy.memberships.refund ? { refund: policy.memberships.refund } : {}),
    ...(launch && policy.launch ? { launch: launchTerms(policy, policy.launch, launch.credits) } : {}),
  }
}

/** The terms of all plans, by plan. */
export type Plans = Record<string, MembershipTerms>

/**
 * The current terms of all plans for a payment provider. The plans of a membership keep their own terms if the policy no longer
 * has them, so that payments for them still count.
 */
export function plansFor(policy: Policy, provider: PaymentProvider, held?: HeldPlans): Plans {
  const own = [held?.scheduled, held].flatMap(plan => (plan ? [[plan.plan, plan.terms] as const] : []))
  const current = Object.keys(policy.plans).map(plan => [plan, termsOf(policy, plan, provider)] as const)
  return Object.fromEntries([...own, ...current])
}

type HeldPlan = { plan: string; terms: MembershipTerms }
type HeldPlans = HeldPlan & { scheduled: HeldPlan | null }

function launchTerms(
  policy: Policy,
  { source, from, period, per }: NonNullable<Policy['launch']>,
  credits: MonthlyAmount,
): LaunchTerms {
  const { members_only } = sourceOf(policy, source)
  const begins = new Date(from)
  const until = addDuration(begins, period, 'UTC').toISOString()
  return { source, credits, members_only, from: begins.toISOString(), until, per }
}

/** An amount for a number of slots; null if it is not configured yet. */
export function forSlots(amount: MonthlyAmount, slots: number): number | null {
  if (amount === null || typeof amount === 'number') return amount
  return amount.per_slot === null ? null : amount.per_slot * slots
}
