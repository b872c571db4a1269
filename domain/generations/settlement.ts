import { attention } from '../shared/attention.ts'
import { invalidRequest, Refused } from '../shared/refusals.ts'

/** The settlement of a generation's outputs so far. */
export type Progress = {
  outputs: number
  /** credits; 0 if free */
  held_per_output: number
  /** outputs settled one by one, by number from 0: whether each was delivered */
  items: Record<string, boolean>
  /** how all other outputs were settled; null while they are open */
  rest: RestSettlement | null
}

/** `left` outputs were settled at once, of which `delivered` were delivered. */
export type RestSettlement = { kind: SettlementKind; left: number; delivered: number }

export type SettlementKind = 'complete' | 'fail' | 'cancel' | 'timeout'

export type Settlement = ({ kind: 'complete' } & CompleteMessage) | { kind: 'fail' | 'cancel' | 'timeout' }

/** The delivered outputs: a number, or single items; all remaining ones if neither is given. */
export type CompleteMessage = { delivered?: number | undefined; items?: Item[] | undefined }

export type Item = { index: number; ok: boolean; note?: string | undefined }

/** The ledger's refusals of a settlement that was decided without knowing other settlements. */
export const MISSED_SETTLEMENTS = ['already_settled', 'idempotency_key_reused']

/** Attention for a settlement that the ledger refused. @param code of the refusal */
export function settlementConflict(code: string): string {
  return attention('settlement_conflict', `the ledger refused a settlement (${code}).`)
}

export type FinalState = 'committed' | 'partially_refunded' | 'refunded' | 'cancelled' | 'timed_out'

/** A settlement's decision in credits; `state` is null while outputs are still open. */
export type Verdict = {
  spend: number
  refund: number
  /** settled outputs that were not delivered */
  returned: number
  state: FinalState | null
  progress: Progress
}

/**
 * Decides a settlement: delivered outputs are spent, the others are released (XD-16, BR-09, KV-14).
 * @returns null if the same settlement was made before
 * @throws Refused already_settled if it was settled otherwise; invalid_request for invalid numbers
 */
export function decideSettlement(progress: Progress, settlement: Settlement): Verdict | null {
  if (settlement.kind === 'complete' && settlement.items) return decideItems(progress, settlement.items)
  return decideRest(progress, settlement)
}

/**
 * Validates an external message. Unknown fields are refused: without a misspelt `delivered`, everything would count as
 * delivered.
 * @throws Refused invalid_request
 */
export function checkCompleteMessage(message: unknown): void {
  if (message === undefined || message === null) return
  if (typeof message !== 'object' || Array.isArray(message)) throw invalidRequest('(body)', 'must be an object')
  const { delivered, items, ...others } = message as Record<string, unknown>
  for (const field of Object.keys(others)) throw invalidRequest(field, 'must be delivered or items')
  if (delivered !== undefined && items !== undefined)
    throw invalidRequest('items', 'must not be combined with delivered')
  if (delivered !== undefined && !Number.isSafeInteger(delivered))
    throw invalidRequest('delivered', 'must be a whole number')
  if (items !== undefined && !(Array.isArray(items) && items.every(isItem)))
    throw invalidRequest('items', 'must be a list of {index: whole number, ok: true or false}')
}

function isItem(item: unknown): boolean {
  const { index, ok } = (item ?? {}) as Record<string, unknown>
  return Number.isSafeInteger(index) && typeof ok === 'boolean'
}

/** Whether all outputs are settled. */
export function isClosed(progress: Progress): boolean {
  return progress.rest !== null || openOutputs(progress) === 0
}

function decideRest(progress: Progress, settlement: Settlement): Verdict | null {
  const asked = settlement.kind === 'complete' ? settlement.delivered : 0
  if (isClosed(progress)) {
    const { rest } = progress
    if (rest?.kind === settlement.kind && rest.delivered === (asked ?? rest.left)) return null
    if (!rest && allDelivered(progress) && settlement.kind === 'complete' && asked === undefined) return null
    throw alreadySettled()
  }
  const left = openOutputs(progress)
  const delivered = asked ?? left
  if (!Number.isSafeInteger(delivered) || delivered < 0 || delivered > left)
    throw invalidRequest('delivered', `must be a whole number from 0 to ${left}, the number of open outputs`)
  return verdict(progress, delivered, left - delivered, {
    ...progress,
    rest: { kind: settlement.kind, left, delivered },
  })
}

function decideItems(progress: Progress, items: Item[]): Verdict | null {
  checkItems(progress, items)
  const fresh = items.filter(item => progress.items[item.index] === undefined)
  const contradicts = items.some(item => (progress.items[item.index] ?? item.ok) !== item.ok)
  if (contradicts || (fresh.length > 0 && isClosed(progress))) throw alreadySettled()
  if (fresh.length === 0) return null
  const settled = { ...progress.items, ...Object.fromEntries(fresh.map(item => [item.index, item.ok])) }
  const delivered = fresh.filter(item => item.ok).length
  return verdict(progress, delivered, fresh.length - delivered, { ...progress, items: settled })
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

function verdict(before: Progress, delivered: number, returned: number, progress: Progress): Verdict {
  return {
    spend: delivered * before.held_per_output,
    refund: returned * before.held_per_output,
    returned,
    state: isClosed(progress) ? finalState(progress) : null,
    progress,
  }
}

function finalState(progress: Progress): FinalState {
  const delivered = deliveredOutputs(progress)
  if (delivered === progress.outputs) return 'committed'
  if (delivered > 0) return 'partially_refunded'
  if (progress.rest?.kind === 'cancel') return 'cancelled'
  if (progress.rest?.kind === 'timeout') return 'timed_out'
  return 'refunded'
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

function alreadySettled(): Refused {
  return new Refused({
    code: 'already_settled',
    detail: 'The generation was already settled in another way.',
  })
}
