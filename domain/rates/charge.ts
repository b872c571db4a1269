import { invalidRequest } from '../shared/refusals.ts'
import { exactCredits, writeExact } from './exact.ts'
import { type PriceLine, priceByCard, type Usage } from './price.ts'
import type { RateCard, SettlementRules } from './schema.ts'
import type { SettlementTerms } from './terms.ts'

/** What the service has reported of a metered generation so far. */
export type Metered = {
  /** usage of items that were settled one by one, by index */
  items: Record<string, Usage>
  /** running usage of the whole generation; null: none was reported */
  reported: Usage | null
}

/**
 * What a metered settlement asks of the ledger: the exact price of everything settled so far, how it is rounded to whole
 * credits, and what happens if more is due than is held.
 */
export type Charge = Pick<SettlementRules, 'excess' | 'shortfall'> & {
  exact: string
  rounding: RateCard['rounding']
  free: boolean
  usage: Usage | null
  items: Record<string, Usage>
  lines: PriceLine[]
}

/** What is settled by then: outputs, and the usage of items and of the rest. `cost`: as the service states it. */
export type Settled = { delivered: number; items: Record<string, Usage>; rest: Usage | null; cost: number | null }

/** The charge of everything that is settled. */
export function chargeOf(terms: SettlementTerms, { delivered, items, rest, cost }: Settled): Charge {
  const { card, options, excess, shortfall, free } = terms
  const usage = sumOf([...Object.values(items), ...(rest ? [rest] : [])])
  const { exact, lines } = card
    ? priceByCard(card, options, delivered, usage)
    : { exact: exactCredits(cost ?? 0), lines: statedLines(cost) }
  const rounding = free || !card ? 'up' : card.rounding
  return { exact: writeExact(exact), rounding, excess, shortfall, free, usage: card ? usage : null, items, lines }
}

function statedLines(cost: number | null): PriceLine[] {
  return cost === null ? [] : [{ item: 'stated_cost', quantity: null, rate: `${cost}`, credits: `${cost}` }]
}

export function sumOf(usages: Usage[]): Usage {
  const sum: Usage = {}
  for (const usage of usages)
    for (const [meter, quantity] of Object.entries(usage)) sum[meter] = (sum[meter] ?? 0) + quantity
  return sum
}

/** The part of a running usage that items have not settled. */
export function usageLeft({ items, reported }: Metered): Usage | null {
  if (!reported) return null
  const settled = sumOf(Object.values(items))
  const left = Object.entries(reported).map(([meter, n]) => [meter, Math.max(0, n - (settled[meter] ?? 0))])
  return Object.fromEntries(left)
}

/** The later of two running usages: of each meter the larger quantity, since reports may overtake each other. */
export function laterUsage(a: Usage | null, b: Usage): Usage {
  return Object.fromEntries(
    [...Object.entries(a ?? {}), ...Object.entries(b)].map(([meter]) => [
      meter,
      Math.max(a?.[meter] ?? 0, b[meter] ?? 0),
    ]),
  )
}

/** @throws Refused invalid_request */
export function checkUsage(path: string, card: RateCard | null, usage: Usage): void {
  for (const [meter, quantity] of Object.entries(usage)) {
    if (!card || !Object.hasOwn(card.meters, meter))
      throw invalidRequest(`${path}.${meter}`, `is no meter of this operation${meters(card)}`)
    if (!Number.isSafeInteger(quantity) || quantity < 0)
      throw invalidRequest(`${path}.${meter}`, 'must be a whole number of at least 0')
  }
}

function meters(card: RateCard | null): string {
  const names = Object.keys(card?.meters ?? {})
  return names.length > 0 ? `; it has ${names.join(', ')}` : ', which has none'
}
