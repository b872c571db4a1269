import { invalidRequest, type Refusal } from '../shared/refusals.ts'
import type { Entitlements } from './entitlements.ts'
import type { Operation, Policy } from './policy.ts'

/**
 * A limit on a hold. The ledger adds `amount` to the period's counter, and refuses if it would exceed `limit`. Refunds count
 * against the original period, so a refund after midnight does not extend the new day.
 */
export type Limit = {
  counter: string
  /** the end or name of the period */
  period: string
  /**
   * When the period began, ISO 8601, where credits that were spent before the limit was set count too (RC-09); the ledger
   * adds them up once
   */
  since?: string
  amount: number
  /** null: usage is only counted */
  limit: number | null
  /** whether each failed output reduces the count, or only a use without any output */
  per: 'output' | 'use'
  /** the refusal if it is exceeded; the ledger adds {used}, and {limit} unless it has one */
  refusal: Refusal
}

const EVER = 'ever'

/** The counter of trials, which never resets. */
export function trialCounter(operation: string): Pick<Limit, 'counter' | 'period'> {
  return { counter: `trial/${operation}`, period: EVER }
}

/** The counter of a UTC day (BR-12). */
export function dailyCounter(now: string): Pick<Limit, 'counter' | 'period' | 'since'> & { resets_at: string } {
  const since = `${now.slice(0, 10)}T00:00:00.000Z`
  const midnight = Date.parse(since) + 24 * 3_600_000
  return { counter: 'daily', period: now.slice(0, 10), since, resets_at: new Date(midnight).toISOString() }
}

export function fairUseCounter({
  resets_at,
}: {
  resets_at: string
}): Pick<Limit, 'counter' | 'period'> & { resets_at: string } {
  return { counter: 'fair-use', period: resets_at, resets_at }
}

/** The free trials of accounts that were never members (XD-03). */
export function trialLimit(policy: Policy, operation: string, { free_trials }: Operation): Limit {
  const plans = Object.values(policy.plans).map(plan => plan.name)
  const wayOn = plans.length > 0 ? ` Continue with a membership: ${plans.join(', ')}.` : ''
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

/** The fair-use limit of an unlimited plan (LS-04). */
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
      detail: `Fair use is ${limit} credits a month; it resets at ${resets_at}.`,
    },
  }
}

/** The free corrections that defect reports allow (LS-03). */
export function correctionLimit(generation: string, allowed: number): Limit {
  return {
    counter: `correction/${generation}`,
    period: EVER,
    amount: 1,
    limit: allowed,
    per: 'use',
    refusal: invalidRequest('correction_of', 'has been corrected; report the defect again if it remains').refusal,
  }
}
