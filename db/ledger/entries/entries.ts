import { z } from 'zod'
import { credits, named, time } from '../../../domain/shared/shapes.ts'
import type { Db } from '../../core/command.ts'
import { type Page, type PageRequest, toPage } from '../../core/page.ts'

/** An entry as the API shows it. */
export const entryShape = named('Entry', {
  id: z.string(),
  at: time,
  recorded_at: time,
  lot: z.string(),
  source: z.string(),
  from: z.string(),
  to: z.string(),
  amount: credits,
  reason: z.string(),
  operation: z.string().nullable(),
  generation: z.string().nullable(),
  api_key: z.string().nullable(),
  balance_after: credits.describe("The account's available credits after it, including frozen ones."),
})
export type Entry = z.infer<typeof entryShape>

export type EntryFilter = {
  from?: Date | undefined
  to?: Date | undefined
  operation?: string | undefined
  key?: string | undefined
  /** only entries that belong to no generation */
  without_generations?: boolean | undefined
}

/** The columns of an Entry, selected from entries e and its lot l. */
export const entryColumns = `e.entry_no::text as id, iso(e.at) as at, iso(e.recorded_at) as recorded_at,
  e.lot_id::text as lot, l.source, e.from_state as from, e.to_state as to, e.amount, e.reason, e.operation, e.generation,
  e.api_key, e.balance_after`

/** The condition of an EntryFilter on entries e, with its values as $2 to $6. */
export const entryConditions = `($2::timestamptz is null or e.at >= $2) and ($3::timestamptz is null or e.at < $3)
  and ($4::text is null or e.operation = $4) and ($5::text is null or e.api_key = $5)
  and ($6::boolean is not true or e.generation is null)`

/** $2 to $6 of entryConditions. */
export function conditionValues({ from, to, operation, key, without_generations }: EntryFilter) {
  return [from?.toISOString(), to?.toISOString(), operation, key, without_generations].map(value => value ?? null)
}

/** Whether a replica has received an account's entries up to this one; false if it cannot be reached. */
export async function hasEntry(replica: Db, account_key: string, last_entry: number): Promise<boolean> {
  const found = replica.query('select 1 from accounts where account_key = $1 and last_entry >= $2', [
    account_key,
    last_entry,
  ])
  return found.then(
    ({ rowCount }) => rowCount === 1,
    () => false,
  )
}

/**
 * The entries of an account up to `last_entry`, newest first. The filter's `from` is inclusive, its `to` exclusive. The
 * cursor is the last entry's id.
 */
export async function listEntries(
  db: Db,
  account_key: string,
  last_entry: number,
  filter: EntryFilter,
  { limit, cursor }: PageRequest,
): Promise<Page<Entry>> {
  const { rows } = await db.query<Entry>(
    `select ${entryColumns} from entries e join lots l using (account_key, lot_id)
     where e.account_key = $1 and ${entryConditions} and e.entry_no < least($7::bigint, $8::bigint + 1)
     order by e.entry_no desc limit $9`,
    [account_key, ...conditionValues(filter), cursor ?? null, last_entry, limit + 1],
  )
  return toPage(rows, limit, last => last.id)
}
