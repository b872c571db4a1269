import { shortestDays } from '../shared/calendar.ts'
import type { Policy } from './policy.ts'

/** The days of the shortest month: what lives shorter dies before the next grant, every month. */
const SHORTEST_MONTH = 28

/**
 * What a policy says that cannot be meant: each part is well-formed, but together they promise what cannot happen. One
 * sentence each, beginning with the place.
 */
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
  return [
    `spending.order: nothing says which of ${names.join(', ')} is spent first when they expire at the same time; add source.`,
  ]
}

function membersMissing({ sources, spending, plans }: Policy): string[] {
  if (Object.keys(plans).length > 0) return []
  const frozen = Object.entries(sources).filter(([, { members_only }]) => members_only)
  return [
    ...(spending.requires_membership
      ? ['spending.requires_membership: only members may spend, and there is no plan to become one.']
      : []),
    ...frozen.map(
      ([name]) => `sources.${name}.members_only: ${name} credits are always frozen: there is no plan.`,
    ),
  ]
}

function shortLived({ plans, sources }: Policy): string[] {
  return Object.entries(plans).flatMap(([id, { monthly }]) => {
    const validity = monthly && sources[monthly.source]?.validity
    if (!monthly || !validity?.startsWith('P') || shortestDays(validity) >= SHORTEST_MONTH) return []
    return [
      `plans.${id}.monthly: ${monthly.source} credits live ${validity}, which is shorter than the month they are for.`,
    ]
  })
}

function unreachablePacks({ packs, plans }: Policy): string[] {
  if (Object.keys(plans).length > 0) return []
  return Object.entries(packs)
    .filter(([, pack]) => pack.members_only)
    .map(([id]) => `packs.${id}: it is sold to members only, and there is no plan to become one.`)
}

/** The least that a use costs, against the most that any plan may use in a day. */
function unusableOperations({ operations, limits, plans }: Policy): string[] {
  const daily = [limits, ...Object.values(plans).map(plan => ({ ...limits, ...plan.limits }))]
  if (daily.some(({ daily_credits }) => daily_credits === null)) return []
  const most = Math.max(...daily.map(({ daily_credits }) => daily_credits ?? 0))
  return Object.entries(operations).flatMap(([name, { cost }]) => {
    const least = typeof cost === 'number' ? cost : cost.minimum
    return least > most
      ? [`operations.${name}: it costs ${least} or more, and no plan may use more than ${most} a day.`]
      : []
  })
}
