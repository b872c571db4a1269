import type { Policy } from '../policy/policy.ts'
import type { Options } from './price.ts'
import type { RateCard, SettlementRules } from './schema.ts'
import { secondsOf } from './time-span.ts'

/**
 * The terms of a reservation's settlement, kept with the hold: later policies do not change them (RC-03). `free`: no credits
 * pay, because a trial, a correction or an unlimited plan does.
 */
export type SettlementTerms = Pick<SettlementRules, 'stated_cost' | 'excess' | 'shortfall' | 'at_timeout'> & {
  policy_version: number
  card: RateCard | null
  options: Options
  /** the range of a stated cost per output */
  range: { minimum: number; maximum: number | null } | null
  /** reserved by a maximum instead of a price, so that only usage or a stated cost can settle it */
  by_maximum: boolean
  late_seconds: number | null
  extend_seconds: number | null
  free: boolean
}

type Request = { operation: string; options?: Options | undefined; maximum_cost?: number | undefined }

/** The terms of a request; null where an operation has a price per output and none of the rules of metered settlement. */
export function settlementTerms(policy: Policy, request: Request): SettlementTerms | null {
  const operation = policy.operations[request.operation]
  if (!operation) return null
  const { rates: card, settlement, cost } = operation
  const { stated_cost, excess, shortfall, at_timeout, late_settlement, extendable_to } = settlement
  if (!card && !stated_cost && !late_settlement && !extendable_to) return null
  return {
    policy_version: policy.version,
    card,
    options: request.options ?? {},
    range: stated_cost && typeof cost === 'object' ? cost : null,
    by_maximum: request.maximum_cost !== undefined,
    stated_cost,
    excess,
    shortfall,
    at_timeout,
    late_seconds: late_settlement === null ? null : secondsOf(late_settlement),
    extend_seconds: extendable_to === null ? null : secondsOf(extendable_to),
    free: false,
  }
}

/** Until when a result is charged after the time-out; null: it is not. @param settled_at of the time-out, ISO 8601 */
export function lateUntil(terms: SettlementTerms | null, settled_at: string | null): string | null {
  if (!terms || terms.late_seconds === null || settled_at === null) return null
  return new Date(Date.parse(settled_at) + terms.late_seconds * 1000).toISOString()
}
