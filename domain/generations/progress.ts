import type { Metered } from '../rates/charge.ts'
import type { Usage } from '../rates/price.ts'
import type { SettlementTerms } from '../rates/terms.ts'

/** The settlement of a generation's outputs so far. */
export type Progress = {
  outputs: number
  /** credits; 0 if free or metered */
  held_per_output: number
  /** outputs settled one by one, by number from 0: whether each was delivered */
  items: Record<string, boolean>
  /** how all other outputs were settled; null while they are open */
  rest: RestSettlement | null
  /** without them outputs have a price, and the deadline is the end */
  terms?: SettlementTerms | null
  metered?: Metered
}

/** What was reported of it so far. */
export function meteredOf({ metered }: Progress): Metered {
  return metered ?? { items: {}, reported: null }
}

/**
 * `left` outputs were settled at once, of which `delivered` were delivered. `usage` and `cost` as they were stated; `late`: the
 * generation had timed out before.
 */
export type RestSettlement = {
  kind: SettlementKind
  left: number
  delivered: number
  usage?: Usage
  cost?: number
  late?: true
}

export type SettlementKind = 'complete' | 'fail' | 'cancel' | 'timeout'

export type Settlement = ({ kind: 'complete' } & CompleteMessage) | { kind: 'fail' | 'cancel' | 'timeout' }

/**
 * The delivered outputs: a number, or single items; all remaining ones if neither is given. `usage` is what a metered
 * operation measured, `cost` what the service states where the policy lets it.
 */
export type CompleteMessage = {
  delivered?: number | undefined
  items?: Item[] | undefined
  usage?: Usage | undefined
  cost?: number | undefined
}

export type Item = { index: number; ok: boolean; usage?: Usage | undefined; note?: string | undefined }
