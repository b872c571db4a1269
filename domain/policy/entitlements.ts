import { step } from '../memberships/due.ts'
import { grantTime, isRunning, type Membership } from '../memberships/membership.ts'
import type { Policy } from './policy.ts'

/** The input of an account's entitlements. Times are ISO 8601 UTC texts. */
export type EntitlementContext = {
  now: string
  memberships: Membership[]
  /** null for an account that never was a member */
  member_until: string | null
  limit_overrides: LimitOverrides
  /** operations that a trial member has spent credits on; empty for all others */
  paid_operations: string[]
}

/** Limits that support has set for one account; the policy decides the others. */
export type LimitOverrides = { daily_limit?: number; concurrency?: number; arrangement?: Arrangement }

/** A special arrangement, for example with a school (BR-14). */
export type Arrangement = { kind: string; monthly?: number; discount_percent?: number; until?: string }

/** The arrangement that is valid at a time. */
export function arrangedAt({ arrangement }: LimitOverrides, now: string): Arrangement | null {
  if (!arrangement || (arrangement.until !== undefined && now >= arrangement.until)) return null
  return arrangement
}

/** The limits of an account by its plans and overrides; null: no limit. */
export type Entitlements = Policy['limits'] & { unlimited: FairUse | null }

/** The cap of an unlimited plan in the membership's month, which ends at `resets_at`. */
export type FairUse = { fair_use_limit: number; resets_at: string }

/** The context of an unknown account. */
export function anonymousContext(now: Date): EntitlementContext {
  return { now: now.toISOString(), memberships: [], member_until: null, limit_overrides: {}, paid_operations: [] }
}

/** The current policy's limits for the running plans: the best of each, unless overridden for the account (BR-12, KV-10). */
export function entitlementsOf(
  policy: Policy,
  { now, memberships, limit_overrides }: EntitlementContext,
): Entitlements {
  const plans = runningMemberships({ now, memberships }).map(membership => {
    const plan = Object.hasOwn(policy.plans, membership.plan) ? policy.plans[membership.plan] : undefined
    return { membership, limits: { ...policy.limits, ...plan?.limits }, unlimited: plan?.unlimited ?? null }
  })
  const each = plans.length === 0 ? [policy.limits] : plans.map(plan => plan.limits)
  const unlimited = plans
    .flatMap(({ membership, unlimited }) =>
      unlimited ? [{ fair_use_limit: unlimited.fair_use_credits, resets_at: monthEndsAt(membership, now) }] : [],
    )
    .sort((a, b) => b.fair_use_limit - a.fair_use_limit)
  return {
    above_daily_credits: policy.limits.above_daily_credits,
    daily_credits: limit_overrides.daily_limit ?? highest(each.map(limits => limits.daily_credits)),
    concurrency: limit_overrides.concurrency ?? highest(each.map(limits => limits.concurrency)),
    requests_per_minute: highest(each.map(limits => limits.requests_per_minute)),
    priority: Math.min(...each.map(limits => limits.priority)),
    unlimited: unlimited[0] ?? null,
  }
}

/** The memberships that run at the present time, whatever worker has taken their due steps. */
export function runningMemberships({
  now,
  memberships,
}: Pick<EntitlementContext, 'now' | 'memberships'>): Membership[] {
  return memberships.map(status => step(status, now).membership).filter(isRunning)
}

function highest(limits: (number | null)[]): number | null {
  const numbers = limits.filter(limit => limit !== null)
  return numbers.length === limits.length ? Math.max(...numbers) : null
}

/** The end of the current month, paid or not. */
function monthEndsAt(membership: Membership, now: string): string {
  let n = membership.grants
  while (grantTime(membership, n) <= now) n += 1
  return grantTime(membership, n)
}
