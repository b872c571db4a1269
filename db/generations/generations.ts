import { z } from 'zod'
import type { Progress, RestSettlement } from '../../domain/generations/progress.ts'
import type { Metered } from '../../domain/rates/charge.ts'
import type { SettlementTerms } from '../../domain/rates/terms.ts'
import { credits, named, time } from '../../domain/shared/shapes.ts'
import type { Account } from '../accounts/accounts.ts'
import type { Db } from '../core/command.ts'
import { decodeCursor, encodeCursor, type Page, type PageRequest, toPage } from '../core/page.ts'

const usageShape = z.record(z.string(), z.int())

/** A line of an explained price. */
export const priceLineShape = named('PriceLine', {
  item: z.string(),
  quantity: z.int().nullable(),
  rate: z.string(),
  credits: z.string(),
})

export const drawShape = z.object({ lot: z.string(), source: z.string(), amount: credits })

/** A generation as the API shows it; amounts in credits, times ISO 8601 UTC. */
export const generationShape = named('Generation', {
  id: z.string(),
  account: z.string(),
  operation: z.string(),
  outputs: z.int(),
  state: z.enum(['reserved', 'committed', 'partially_refunded', 'refunded', 'timed_out', 'cancelled', 'refused']),
  unit_cost: credits.nullable(),
  cost: credits,
  free_trial: z.boolean(),
  held: credits,
  spent: credits,
  refunded: credits,
  draws: z.array(drawShape),
  items: z.array(z.object({ index: z.int(), ok: z.boolean() })),
  reserved_at: time,
  deadline: time,
  settled_at: time.nullable(),
  refusal: z.looseObject({ code: z.string() }).nullable(),
  metadata: z.record(z.string(), z.unknown()).nullable(),
  correction_of: z.string().nullable(),
  api_key: z.string().nullable(),
  usage_estimate: usageShape.nullable(),
  usage: usageShape.nullable(),
  late: z.boolean(),
  waived: credits,
  price_lines: z.array(priceLineShape).nullable(),
})
export type Generation = z.infer<typeof generationShape>

export type GenerationRecord = {
  account_key: string
  generation: Generation
  rest: RestSettlement | null
  terms: SettlementTerms | null
  metered: Partial<Metered> | null
  /** the number of corrections that defect reports allow in all */
  corrections_allowed: number
} & Pick<Account, 'account' | 'clock_now'>

/** A generation of a product by its id, or null. */
export async function findGeneration(db: Db, product: string, id: string): Promise<GenerationRecord | null> {
  const { rows } = await db.query<GenerationRecord>({
    name: 'find_generation',
    text: `select h.account_key, a.account, c.now_at as clock_now, h.rest, h.terms, h.metered, h.corrections_allowed,
      generation_view(h, a.account) as generation
      from holds h join accounts a using (account_key) left join test_clocks c on c.id = a.test_clock
      where h.product = $1 and h.generation = $2`,
    values: [product, id],
  })
  return rows[0] ?? null
}

type Settling = Pick<GenerationRecord, 'generation'> & Partial<Pick<GenerationRecord, 'rest' | 'terms' | 'metered'>>

/** The progress of a generation's settlement, as domain/generations/settlement needs it. */
export function progressOf({ generation, rest = null, terms = null, metered = null }: Settling): Progress {
  const { outputs, unit_cost, items } = generation
  return {
    outputs,
    held_per_output: unit_cost ?? 0,
    items: Object.fromEntries(items.map(item => [item.index, item.ok])),
    rest,
    ...(terms && { terms, metered: { items: metered?.items ?? {}, reported: metered?.reported ?? null } }),
  }
}

/** PostgreSQL's text of the time, since JavaScript's has no microseconds, and the generation's id. */
const cursorPattern = /^(?<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?\+00) (?<id>[\x21-\x7e]{1,200})$/

/** The generations of an account, newest first. */
export async function listGenerations(
  db: Db,
  account_key: string,
  { limit, cursor }: PageRequest,
): Promise<Page<Generation>> {
  const { time, id } = decodeCursor(cursor, cursorPattern)
  const { rows } = await db.query<{ generation: Generation; cursor: string }>(
    `select generation_view(h, a.account) as generation, h.reserved_at::text || ' ' || h.generation as cursor
     from holds h join accounts a using (account_key)
     where h.account_key = $1 and ($2::text is null or (h.reserved_at, h.generation) < ($2::timestamptz, $3))
     order by h.reserved_at desc, h.generation desc limit $4`,
    [account_key, time ?? null, id ?? null, limit + 1],
  )
  const { data, next_cursor } = toPage(rows, limit, last => encodeCursor(last.cursor))
  return { data: data.map(({ generation }) => generation), next_cursor }
}

/** The reserved generations of an account, by deadline. */
export async function openHolds(db: Db, account_key: string, limit: number): Promise<Generation[]> {
  const { rows } = await db.query<{ generation: Generation }>(
    `select generation_view(h, a.account) as generation from holds h join accounts a using (account_key)
     where h.account_key = $1 and h.state = 'reserved' order by h.deadline limit $2`,
    [account_key, limit],
  )
  return rows.map(({ generation }) => generation)
}
