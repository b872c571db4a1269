import { capital, count } from '../shared/plain-words.ts'
import type { EntitlementContext } from './entitlements.ts'
import { dailyCounter, type Limit } from './limits.ts'
import type { Policy } from './policy.ts'

/** The part of a day's limit that a request would use. */
type Use = { cost: number; outputs: number; unit_cost: number | null }

/**
 * The daily limit of a request (BR-12). Its refusal says whether waiting helps, and names the plans that raise the limit
 * enough (BR-13, BR-21).
 */
export function dailyLimit(policy: Policy, limit: number, use: Use, { now }: EntitlementContext): Limit {
  const { resets_at, ...counted } = dailyCounter(now)
  const { cost, outputs } = use
  const unit_cost = unitCost(use)
  const isFirstOfDay = unit_cost > limit && outputs === 1 && policy.limits.above_daily_credits === 'first_of_day'
  const waiting_helps = cost <= limit || isFirstOfDay
  const larger = Object.values(policy.plans)
    .map(plan => ({ name: plan.name, daily: plan.limits.daily_credits }))
    .filter(({ daily }) => daily === null || (daily ?? 0) > Math.max(limit, waiting_helps ? 0 : cost - 1))
    .map(({ name, daily }) => `${name} (${daily ?? 'no daily limit'})`)
  const raised = [...larger, 'support'].join(', ').replace(/, ([^,]*)$/, ' or $1')
  const detail = [
    `The limit is ${limit} credits a day; it resets at ${resets_at}.`,
    wayOn(policy, limit, use),
    `${capital(raised)} can raise it.`,
  ]
  return {
    ...counted,
    amount: cost,
    // A use of the whole limit is accepted only while nothing else was used.
    limit: isFirstOfDay ? cost : limit,
    per: 'output',
    refusal: {
      code: 'daily_limit_reached',
      limit,
      required: cost,
      resets_at,
      waiting_helps,
      detail: detail.filter(Boolean).join(' '),
    },
  }
}

/** What to do about a request that costs more than a whole day allows; empty for a smaller one. */
function wayOn({ limits }: Policy, limit: number, use: Use): string {
  const { cost, outputs } = use
  const unit_cost = unitCost(use)
  if (cost <= limit) return ''
  const costs = `This request costs ${count(cost, 'credit')}, more than a whole day allows`
  if (unit_cost <= limit)
    return `${costs}, so waiting does not help: request at most ${count(Math.floor(limit / unit_cost), 'output')} at once.`
  if (limits.above_daily_credits === 'refuse') return `${costs}, so waiting does not help.`
  return outputs > 1
    ? `${costs}, so waiting does not help: request one output at once, before other credits are used that day.`
    : `${costs}. It is accepted once a day, before other credits are used.`
}

/** Of a metered request, its share of what is held. */
function unitCost({ cost, unit_cost, outputs }: Use): number {
  return unit_cost ?? Math.ceil(cost / outputs)
}
