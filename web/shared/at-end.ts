import type { Lot } from './api-types.ts'
import type { View } from './live-view.ts'

/** What happens to the available credits when the account stops being a member. */
export type AtEnd = { kept: number; frozen: Lot[]; expired: number }

/** @param end ISO 8601: when the membership ends */
export function atEnd({ lots }: Pick<View, 'lots'>, end: string | null): AtEnd {
  const usable = lots.filter(({ frozen, available }) => !frozen && available > 0)
  const lasting = usable.filter(({ expires_at }) => !expires_at || !end || expires_at > end)
  return {
    kept: sum(lasting.filter(({ members_only }) => !members_only)),
    frozen: lasting.filter(({ members_only }) => members_only),
    expired: sum(usable) - sum(lasting),
  }
}

export function sum(lots: Lot[]): number {
  return lots.reduce((total, { available }) => total + available, 0)
}

/** Dates that are listed one by one; more of them are summed up. */
const DATES = 3

/** When lots expire, soonest first: `at` is null for those that never do. `later` sums up all others. */
export function expiriesOf(lots: Lot[]): { at: string | null; amount: number; later: boolean }[] {
  const amounts = new Map<string, number>()
  for (const { expires_at, available } of lots)
    if (expires_at && available > 0) amounts.set(expires_at, (amounts.get(expires_at) ?? 0) + available)
  const dated = [...amounts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([at, amount]) => ({ at, amount, later: false }))
  const [shown, others] = dated.length > DATES ? [dated.slice(0, DATES - 1), dated.slice(DATES - 1)] : [dated, []]
  const last = others.at(-1)
  const forever = sum(lots.filter(({ expires_at }) => !expires_at))
  return [
    ...shown,
    ...(last ? [{ at: last.at, amount: others.reduce((total, { amount }) => total + amount, 0), later: true }] : []),
    ...(forever > 0 ? [{ at: null, amount: forever, later: false }] : []),
  ]
}
