import { type Charge, sumOf } from '../rates/charge.ts'
import type { Usage } from '../rates/price.ts'
import { attention } from '../shared/attention.ts'
import { invalidRequest, Refused } from '../shared/refusals.ts'
import { chargeOfItems, chargeOfRest } from './metered-settlement.ts'
import {
  type CompleteMessage,
  type Item,
  meteredOf,
  type Progress,
  type RestSettlement,
  type Settlement,
} from './progress.ts'

/** The ledger's refusals of a settlement that was decided without knowing other settlements. */
export const MISSED_SETTLEMENTS = ['already_settled', 'idempotency_key_reused']

/** Attention for a settlement that the ledger refused. @param code of the refusal */
export function settlementConflict(code: string): string {
  return attention('settlement_conflict', `the ledger refused a settlement (${code}).`)
}

export type FinalState = 'committed' | 'partially_refunded' | 'refunded' | 'cancelled' | 'timed_out'

/** A settlement's decision in credits; `state` is null while outputs are still open. */
export type Verdict = {
  /** credits; the ledger computes both where there is a charge */
  spend: number
  refund: number
  /** settled outputs that were not delivered */
  returned: number
  state: FinalState | null
  progress: Progress
  charge?: Charge
  /** a result after the time-out: it takes what is available, at most what was held */
  late?: true
}

/**
 * Decides a settlement: delivered outputs are spent, the others are released (XD-16, BR-09, KV-14). A metered one is charged
 * what it used (RC-02), and one that has timed out may be late (RC-08).
 * @returns null if the same settlement was made before
 * @throws Refused already_settled if it was settled otherwise; price_out_of_range; invalid_request for invalid numbers
 */
export function decideSettlement(progress: Progress, settlement: Settlement): Verdict | null {
  const isLate = mayBeLate(progress) || progress.rest?.late
  if (settlement.kind === 'complete' && settlement.items && !isLate) return decideItems(progress, settlement.items)
  return decideRest(progress, settlement)
}

/** Whether all outputs are settled. */
export function isClosed(progress: Progress): boolean {
  return progress.rest !== null || openOutputs(progress) === 0
}

/** Whether its result could still be late: whether there is time left, the ledger tells. */
export function mayBeLate({ rest, terms }: Progress): boolean {
  return rest?.kind === 'timeout' && typeof terms?.late_seconds === 'number'
}

function isTimedOut({ rest }: Progress): boolean {
  return rest?.kind === 'timeout'
}

function decideRest(progress: Progress, settlement: Settlement): Verdict | null {
  if (isClosed(progress)) {
    if (isRepeated(progress, settlement)) return null
    if (settlement.kind !== 'complete' || !mayBeLate(progress)) throw alreadySettled(progress)
    const { left = 0 } = progress.rest ?? {}
    return { ...closing(progress, asWhole(settlement), left), refund: 0, late: true }
  }
  return closing(progress, settlement, openOutputs(progress))
}

/** Settles all outputs that are left. */
function closing(progress: Progress, settlement: Settlement, left: number): Verdict {
  const message: CompleteMessage = settlement.kind === 'complete' ? settlement : { delivered: 0 }
  const delivered = message.delivered ?? left
  if (!Number.isSafeInteger(delivered) || delivered < 0 || delivered > left)
    throw invalidRequest('delivered', `must be a whole number from 0 to ${left}, the number of open outputs`)
  const { usage, cost } = message
  const rest: RestSettlement = {
    kind: settlement.kind,
    left,
    delivered,
    ...(usage && { usage }),
    ...(cost !== undefined && { cost }),
    ...(isTimedOut(progress) && { late: true as const }),
  }
  const total = deliveredOutputs({ ...progress, rest: null }) + delivered
  const charge = chargeOfRest(progress, settlement, { delivered, total })
  return verdict(progress, delivered, left - delivered, { ...progress, rest }, charge)
}

function isRepeated(progress: Progress, settlement: Settlement): boolean {
  const { rest } = progress
  const { delivered, usage, cost, items }: CompleteMessage =
    settlement.kind === 'complete' ? settlement : { delivered: 0 }
  if (!rest) return settlement.kind === 'complete' && allDelivered(progress) && delivered === undefined && !usage
  if (rest.late && items) return isRepeated(progress, asWhole({ kind: 'complete', items }))
  return (
    rest.kind === settlement.kind &&
    rest.delivered === (delivered ?? rest.left) &&
    rest.cost === cost &&
    isSameUsage(rest.usage, usage)
  )
}

/** A message with items as one with a number, for results that come when nothing is open any more. */
function asWhole(settlement: { kind: 'complete' } & CompleteMessage): { kind: 'complete' } & CompleteMessage {
  const { items, ...others } = settlement
  if (!items) return settlement
  const delivered = items.filter(({ ok }) => ok)
  const usages = delivered.flatMap(({ usage }) => (usage ? [usage] : []))
  return { ...others, delivered: delivered.length, ...(usages.length > 0 && { usage: sumOf(usages) }) }
}

function decideItems(progress: Progress, items: Item[]): Verdict | null {
  checkItems(progress, items)
  const fresh = items.filter(item => progress.items[item.index] === undefined)
  const contradicts = items.some(
    ({ index, ok, usage }) =>
      (progress.items[index] ?? ok) !== ok ||
      (progress.items[index] === true && !isSameUsage(meteredOf(progress).items[index], usage)),
  )
  if (contradicts || (fresh.length > 0 && isClosed(progress))) throw alreadySettled(progress)
  if (fresh.length === 0) return null
  const settled = { ...progress.items, ...Object.fromEntries(fresh.map(item => [item.index, item.ok])) }
  const delivered = fresh.filter(item => item.ok).length
  const usages = fresh.flatMap(({ index, usage }) => (usage ? [[index, usage] as const] : []))
  const metered = meteredOf(progress)
  const after = {
    ...progress,
    items: settled,
    ...(usages.length > 0 && { metered: { ...metered, items: { ...metered.items, ...Object.fromEntries(usages) } } }),
  }
  return verdict(
    progress,
    delivered,
    fresh.length - delivered,
    after,
    chargeOfItems(after, fresh, deliveredOutputs(after)),
  )
}

function isSameUsage(a: Usage | undefined, b: Usage | undefined): boolean {
  const [one, other] = [a ?? {}, b ?? {}]
  return [...Object.keys(one), ...Object.keys(other)].every(meter => (one[meter] ?? 0) === (other[meter] ?? 0))
}

function checkItems({ outputs }: Progress, items: Item[]): void {
  if (items.length === 0) throw invalidRequest('items', 'must name at least one item')
  const seen = new Set<number>()
  for (const { index } of items) {
    if (!Number.isSafeInteger(index) || index < 0 || index >= outputs)
      throw invalidRequest('items', `index must be a whole number from 0 to ${outputs - 1}`)
    if (seen.has(index)) throw invalidRequest('items', `names item ${index} twice`)
    seen.add(index)
  }
}

function verdict(
  before: Progress,
  delivered: number,
  returned: number,
  progress: Progress,
  charge: Charge | null,
): Verdict {
  return {
    spend: charge ? 0 : delivered * before.held_per_output,
    refund: charge ? 0 : returned * before.held_per_output,
    returned,
    state: isClosed(progress) ? finalState(progress, charge) : null,
    progress,
    ...(charge && { charge }),
  }
}

function finalState(progress: Progress, charge: Charge | null): FinalState {
  const delivered = deliveredOutputs(progress)
  if (delivered === progress.outputs) return 'committed'
  if (delivered > 0) return 'partially_refunded'
  if (progress.rest?.kind === 'cancel') return 'cancelled'
  if (progress.rest?.kind === 'timeout') return 'timed_out'
  return charge && charge.exact !== '0' ? 'partially_refunded' : 'refunded'
}

function deliveredOutputs({ items, rest }: Progress): number {
  return Object.values(items).filter(Boolean).length + (rest?.delivered ?? 0)
}

function openOutputs({ outputs, items }: Progress): number {
  return outputs - Object.keys(items).length
}

function allDelivered(progress: Progress): boolean {
  return deliveredOutputs(progress) === progress.outputs
}

function alreadySettled({ rest }: Progress): Refused {
  const detail =
    rest?.kind === 'timeout'
      ? 'The generation timed out, and its credits were released.'
      : 'The generation was already settled in another way.'
  return new Refused({ code: 'already_settled', detail })
}
