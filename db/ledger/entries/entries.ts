import type { Db } from '../../core/command.ts'
import type { Page } from '../lots/lots.ts'

/** A movement of credits as the API shows it. */
export type Entry = {
  id: string
  at: string
  recorded_at: string
  lot: string
  source: string
  from: string
  to: string
  amount: number
  reason: string
  operation: string | null
  generation: string | null
  api_key: string | null
  /** the account's available credits after it, frozen ones included */
  balance_after: number
}

export type EntryFilter = {
  from?: Date | undefined
  to?: Date | undefined
  operation?: string | undefined
  key?: string | undefined
}

/** The columns of an Entry, from entries e and its lot l. */
export const entryColumns = `e.entry_no::text as id, iso(e.at) as at, iso(e.recorded_at) as recorded_at,
  e.lot_id::text as lot, l.source, e.from_state as from, e.to_state as to, e.amount, e.reason, e.operation, e.generation,
  e.api_key, e.balance_after`

/** What an EntryFilter asks of entries e, given as $2 to $5. */
export const entryConditions = `($2::timestamptz is null or e.at >= $2) and ($3::timestamptz is null or e.at < $3)
  and ($4::text is null or e.operation = $4) and ($5::text is null or e.api_key = $5)`

/** The movements of an account up to one of them, newest first: from inclusive, to exclusive. */
export async function listEntries(
  db: Db,
  account_key: string,
  last_entry: number,
  { from, to, operation, key }: EntryFilter,
  { limit, cursor }: Page,
): Promise<{ data: Entry[]; next_cursor: string | null }> {
  const { rows } = await db.query<Entry>(
    `select ${entryColumns} from entries e join lots l using (account_key, lot_id)
     where e.account_key = $1 and ${entryConditions} and e.entry_no < least($6::bigint, $7::bigint + 1)
     order by e.entry_no desc limit $8`,
    [
      account_key,
      from ?? null,
      to ?? null,
      operation ?? null,
      key ?? null,
      cursor ?? null,
      last_entry,
      limit + 1,
    ],
  )
  const data = rows.slice(0, limit)
  return { data, next_cursor: rows.length > limit ? (data.at(-1)?.id ?? null) : null }
}
