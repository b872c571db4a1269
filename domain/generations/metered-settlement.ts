import { type Charge, chargeOf, checkUsage, usageLeft } from '../rates/charge.ts'
import type { Usage } from '../rates/price.ts'
import type { SettlementTerms } from '../rates/terms.ts'
import { invalidRequest } from '../shared/refusals.ts'
import { checkRange } from './pricing.ts'
import { type CompleteMessage, type Item, meteredOf, type Progress, type Settlement } from './progress.ts'

/**
 * The charge of a settlement of all outputs that are left; null where they have a price per output.
 * @param total outputs that are delivered then, with those of items
 * @throws Refused invalid_request for usage or a cost that is missing or not expected; price_out_of_range {minimum, maximum}
 */
export function chargeOfRest(
  progress: Progress,
  settlement: Settlement,
  { delivered, total }: { delivered: number; total: number },
): Charge | null {
  const { terms } = progress
  const metered = meteredOf(progress)
  const message: CompleteMessage = settlement.kind === 'complete' ? settlement : {}
  checkMessage(terms, message)
  if (!terms) return null
  const { items } = metered
  if (terms.card) {
    const rest = restUsage(progress, settlement, delivered)
    return chargeOf(terms, { delivered: total, items, rest, cost: null })
  }
  if (message.cost === undefined) {
    if (!terms.by_maximum) return null
    if (delivered > 0) throw invalidRequest('cost', 'is required: the reservation stated a maximum and no price')
    return chargeOf(terms, { delivered: 0, items, rest: null, cost: 0 })
  }
  const { minimum = 0, maximum = null } = terms.range ?? {}
  checkRange(message.cost, minimum * delivered, maximum === null ? null : maximum * delivered)
  const ofItems = (total - delivered) * progress.held_per_output
  return chargeOf(terms, { delivered: total, items, rest: null, cost: ofItems + message.cost })
}

/** The charge after some items were settled; null where outputs have a price. @param total outputs delivered by then */
export function chargeOfItems(progress: Progress, fresh: Item[], total: number): Charge | null {
  const { terms } = progress
  for (const { index, ok, usage } of fresh) {
    if (!usage) continue
    if (!terms?.card) throw invalidRequest('items', `item ${index}: usage is for operations with meters`)
    if (!ok) throw invalidRequest('items', `item ${index}: an output that was not delivered has no usage`)
    checkUsage(`items.${index}.usage`, terms.card, usage)
  }
  if (!terms) return null
  if (!terms.card) {
    if (terms.by_maximum) throw invalidRequest('items', 'need a price: complete with the cost of all outputs')
    return null
  }
  for (const { index, ok, usage } of fresh)
    if (ok && !usage && isMetered(terms)) throw invalidRequest('items', `item ${index}: usage is required`)
  return chargeOf(terms, { delivered: total, items: meteredOf(progress).items, rest: null, cost: null })
}

function checkMessage(terms: SettlementTerms | null | undefined, { usage, cost }: CompleteMessage): void {
  if (usage !== undefined) {
    if (!terms?.card) throw invalidRequest('usage', 'is for operations with meters')
    checkUsage('usage', terms.card, usage)
  }
  if (cost !== undefined && !terms?.stated_cost)
    throw invalidRequest('cost', 'is for operations whose cost the service may state')
}

/** The usage of the outputs that are left: as stated, else as reported before. */
function restUsage(progress: Progress, settlement: Settlement, delivered: number): Usage | null {
  const { terms } = progress
  const left = () => usageLeft(meteredOf(progress))
  if (settlement.kind === 'timeout') return terms?.at_timeout === 'reported' ? left() : null
  if (settlement.kind !== 'complete') return null
  const usage = settlement.usage ?? left()
  if (!usage && delivered > 0 && isMetered(terms))
    throw invalidRequest('usage', 'is required: it decides what the generation costs')
  return usage
}

function isMetered(terms: SettlementTerms | null | undefined): boolean {
  return Object.keys(terms?.card?.meters ?? {}).length > 0
}
