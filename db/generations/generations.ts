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
  /** what is still held */
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

export type GenerationOnBook = {
  account_key: string
  generation: Generation
  closing: Closing | null
  /** how many corrections the reports of it allow in all */
  corrections_allowed: number
} & Pick<Account, 'account' | 'clock_now'>

/** The generation of a product by its id, as the book remembers it, or null. */
export async function findGeneration(db: Db, product: string, id: string): Promise<GenerationOnBook | null> {
  const { rows } = await db.query<GenerationOnBook>({
    name: 'find_generation',
    text: `select h.account_key, a.account, c.now_at as clock_now, h.closing, h.corrections_allowed, generation_view(h, a.account) as generation
      from holds h join accounts a using (account_key) left join test_clocks c on c.id = a.test_clock
      where h.product = $1 and h.generation = $2`,
    values: [product, id],
  })
  return rows[0] ?? null
}

/** How far a generation is settled, for credits/settlement to decide on. */
export function progressOf({ outputs, cost, items }: Generation, closing: Closing | null): Progress {
  return {
    outputs,
    held_per_output: cost / outputs,
    items: Object.fromEntries(items.map(item => [item.index, item.ok])),
    closing,
  }
}

export const generationFunctions = /* sql */ `
create or replace function items_view(p_items jsonb) returns jsonb language sql immutable as $$
  select jsonb_agg(jsonb_build_object('index', key::int, 'ok', value) order by key::int) from jsonb_each(p_items)
$$;

create or replace function generation_view(hold holds, p_account text) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'id', hold.generation, 'account', p_account, 'operation', hold.operation, 'outputs', hold.outputs,
    'state', hold.state, 'unit_cost', hold.unit_cost, 'cost', hold.cost, 'free_trial', hold.free_trial,
    'held', hold.amount - hold.spent - hold.refunded, 'spent', hold.spent, 'refunded', hold.refunded,
    'draws', hold.draws,
    'items', case hold.items when '{}' then '[]' else items_view(hold.items) end,
    'reserved_at', iso(hold.reserved_at), 'deadline', iso(hold.deadline), 'settled_at', iso(hold.settled_at),
    'refusal', hold.refusal, 'metadata', hold.request->'metadata', 'correction_of', hold.request->'correction_of',
    'api_key', hold.api_key)
$$;
`
