import { shortestDays } from '../shared/calendar.ts'
import type { Policy } from './policy.ts'

/** Credits with a shorter validity expire before the next monthly grant. */
const SHORTEST_MONTH = 28

/** Mistakes of a well-formed policy: parts that together make no sense. One sentence each, beginning with the path. */
export function findInconsistencies(policy: Policy): string[] {
  return [
    ...orderMissing(policy),
    ...membersMissing(policy),
    ...shortLived(policy),
    ...unreachablePacks(policy),
    ...unusableOperations(policy),
  ]
}

function orderMissing({ sources, spending }: Policy): string[] {
  const names = Object.keys(sources)
  if (names.length < 2 || spending.order.includes('source')) return []
  return [`spending.order: the order of ${names.join(', ')} is undefined if they expire at the same time; add source.`]
}

function membersMissing({ sources, spending, plans }: Policy): string[] {
  if (Object.keys(plans).length > 0) return []
  const frozen = Object.entries(sources).filter(([, { members_only }]) => members_only)
  return [
    ...(spending.requires_membership
      ? ['spending.requires_membership: only members may spend, but the policy has no plans.']
      : []),
    ...frozen.map(
      ([name]) => `sources.${name}.members_only: ${name} credits are always frozen, because the policy has no plans.`,
    ),
  ]
}

function shortLived({ plans, sources }: Policy): string[] {
  return Object.entries(plans).flatMap(([id, { monthly }]) => {
    const validity = monthly && sources[monthly.source]?.validity
    if (!monthly || !validity?.startsWith('P') || shortestDays(validity) >= SHORTEST_MONTH) return []
    return [`plans.${id}.monthly: ${monthly.source} credits are valid for ${validity}, which is shorter than a month.`]
  })
}

function unreachablePacks({ packs, plans }: Policy): string[] {
  if (Object.keys(plans).length > 0) return []
  return Object.entries(packs)
    .filter(([, pack]) => pack.members_only)
    .map(([id]) => `packs.${id}: it is sold to members only, but the policy has no plans.`)
}

/** Operations that cost more than any daily limit. */
function unusableOperations({ operations, limits, plans }: Policy): string[] {
  if (limits.above_daily_credits === 'first_of_day') return []
  const daily = [limits, ...Object.values(plans).map(plan => ({ ...limits, ...plan.limits }))]
  if (daily.some(({ daily_credits }) => daily_credits === null)) return []
  const most = Math.max(...daily.map(({ daily_credits }) => daily_credits ?? 0))
  return Object.entries(operations).flatMap(([name, { cost }]) => {
    const least = typeof cost === 'number' ? cost : cost.minimum
    return least > most
      ? [`operations.${name}: it costs at least ${least} credits, but no plan allows more than ${most} a day.`]
      : []
  })
}
