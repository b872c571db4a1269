import { type EntitlementContext, runningMemberships } from '../policy/entitlements.ts'
import type { Policy } from '../policy/policy.ts'
import { and } from '../shared/plain-words.ts'
import { Refused } from '../shared/refusals.ts'
import { operationOf } from './pricing.ts'

/**
 * Checks that an account has a plan with an operation that the policy keeps for some plans (KV-16).
 * @throws Refused membership_required without a running membership, plan_required with other plans, both with {plans}
 */
export function checkPlan(policy: Policy, name: string, context: EntitlementContext): void {
  const { plans } = operationOf(policy, name)
  if (plans === null) return
  const held = runningMemberships(context)
  if (held.some(({ plan }) => plans.includes(plan))) return
  const names = and(plans.map(plan => policy.plans[plan]?.name ?? plan))
  throw new Refused({
    code: held.length === 0 ? 'membership_required' : 'plan_required',
    detail: `${name} is included in: ${names}.`,
    plans,
  })
}
