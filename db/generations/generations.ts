import type { Closing, Progress } from '../../domain/generations/settlement.ts'
import type { Account } from '../accounts/accounts.ts'
import type { Db } from '../core/command.ts'

/** A generation as the API shows it; amounts in credits, times ISO 8601 UTC. */
export type Generation = {
  id: string
  account: string
  operation: string
  outputs: number
  state: 'reserved' | 'committed' | 'partially_refunded' | 'refunded' | 'timed_out' | 'cancelled' | 'refused'
  unit_cost: number
  cost: number
  free_trial: boolean
  held: number
  spent: number
  refunded: number
  draws: { lot: string; source: string; amount: number }[]
  items: { index: number; ok: boolean }[]
  reserved_at: string
  deadline: string
  settled_at: string | null
  refusal: object | null
  metadata: object | null
  correction_of: string | null
  api_key: string | null
}

export type GenerationRecord = {
  account_key: string
  generation: Generation
  closing: Closing | null
  /** the number of corrections that defect reports allow in all */
  corrections_allowed: number
} & Pick<Account, 'account' | 'clock_now'>

/** A generation of a product by its id, or null. */
export async function findGeneration(db: Db, product: string, id: string): Promise<GenerationRecord | null> {
  const { rows } = await db.query<GenerationRecord>({
    name: 'find_generation',
    text: `select h.account_key, a.account, c.now_at as clock_now, h.closing, h.corrections_allowed, generation_view(h, a.account) as generation
      from holds h join accounts a using (account_key) left join test_clocks c on c.id = a.test_clock
      where h.product = $1 and h.generation = $2`,
    values: [product, id],
  })
  return rows[0] ?? null
}

/** The progress of a generation's settlement, as domain/generations/settlement needs it. */
export function progressOf({ outputs, cost, items }: Generation, closing: Closing | null): Progress {
  return {
    outputs,
    held_per_output: cost / outputs,
    items: Object.fromEntries(items.map(item => [item.index, item.ok])),
    closing,
  }
}
