import { capital } from '../shared/plain-words.ts'
import { invalidRequest, type Refusal } from '../shared/refusals.ts'
import type { EntitlementContext, Entitlements } from './entitlements.ts'
import type { Operation, Policy } from './policy.ts'

/**
 * Something that a hold counts: the book adds `amount` to the counter of that period, and refuses where that would pass
 * `limit`. What comes back is taken off the same period, so a refund after midnight gives nothing to the new day.
 */
export type Limit = {
  counter: string
  /** the time it counts in, by its end or its name; each period has a count of its own */
  period: string
  amount: number
  /** null: it is only counted */
  limit: number | null
  /** whether each output that fails gives back its part, or only a use that delivered nothing gives back all */
  per: 'output' | 'use'
  /** the answer where it would be passed; the book adds {limit, used} */
  refusal: Refusal
}

const EVER = 'ever'

/** The period that a trial or a correction counts in: it never begins anew. */
export function trialCounter(operation: string): Pick<Limit, 'counter' | 'period'> {
  return { counter: `trial/${operation}`, period: EVER }
}

/** The day in UTC, which ends at midnight (BR-12). */
export function dailyCounter(now: string): Pick<Limit, 'counter' | 'period'> & { resets_at: string } {
  const midnight = new Date(`${now.slice(0, 10)}T00:00:00.000Z`).getTime() + 24 * 3_600_000
  return { counter: 'daily', period: now.slice(0, 10), resets_at: new Date(midnight).toISOString() }
}

export function fairUseCounter({
  resets_at,
}: {
  resets_at: string
}): Pick<Limit, 'counter' | 'period'> & { resets_at: string } {
  return { counter: 'fair-use', period: resets_at, resets_at }
}

/** One of the free trials that those have who never were a member (XD-03). */
export function trialLimit(policy: Policy, operation: string, { free_trials }: Operation): Limit {
  const plans = Object.values(policy.plans).map(plan => plan.name)
  const wayOn = plans.length > 0 ? ` A membership (${plans.join(', ')}) is the way on.` : ''
  return {
    ...trialCounter(operation),
    amount: 1,
    limit: free_trials,
    per: 'use',
    refusal: {
      code: 'trial_exhausted',
      detail: `All ${free_trials} free trials of ${operation} are used.${wayOn}`,
    },
  }
}

/** The day's limit, and who can raise it (BR-13). */
export function dailyLimit(
  policy: Policy,
  limit: number,
  amount: number,
  { now }: EntitlementContext,
): Limit {
  const { counter, period, resets_at } = dailyCounter(now)
  const larger = Object.values(policy.plans)
    .filter(plan => plan.limits.daily_credits === null || (plan.limits.daily_credits ?? 0) > limit)
    .map(plan => `${plan.name} (${plan.limits.daily_credits ?? 'no daily limit'})`)
  const raised = [...larger, 'support'].join(', ').replace(/, ([^,]*)$/, ' or $1')
  return {
    counter,
    period,
    amount,
    limit,
    per: 'output',
    refusal: {
      code: 'daily_limit_reached',
      resets_at,
      detail: `${limit} credits a day may be used; the count begins anew at ${resets_at}. ${capital(raised)} can raise it.`,
    },
  }
}

/** What an unlimited plan counts instead of credits (LS-04). */
export function fairUseLimit(unlimited: NonNullable<Entitlements['unlimited']>, amount: number): Limit {
  const { fair_use_limit: limit, resets_at } = unlimited
  return {
    ...fairUseCounter(unlimited),
    amount,
    limit,
    per: 'output',
    refusal: {
      code: 'fair_use_reached',
      resets_at,
      detail: `The plan is unlimited within fair use, which is ${limit} a month; the count begins anew at ${resets_at}.`,
    },
  }
}

/** One of the corrections that reports of a faulty result allow (LS-03). */
export function correctionLimit(generation: string, allowed: number): Limit {
  return {
    counter: `correction/${generation}`,
    period: EVER,
    amount: 1,
    limit: allowed,
    per: 'use',
    refusal: invalidRequest('correction_of', 'has been corrected; report it again if it is still faulty')
      .refusal,
  }
}
