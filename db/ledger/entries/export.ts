import type { Db } from '../../core/command.ts'
import { Blocks, copyOut } from '../../core/copy.ts'
import type { EntryFilter } from './entries.ts'
import { entryColumns, entryConditions } from './entries.ts'

/** Entries that are looked at in one statement: a hundredth of a second of PostgreSQL's, half a megabyte. */
const ENTRIES_AT_A_TIME = 4_000

export type ExportFormat = 'csv' | 'json'

/** Where a spreadsheet would see a formula a quote goes before it: = + - @, tab, carriage return, and wide = + - @. */
const formulaStarts = '{61,43,45,64,9,13,65309,65291,65293,65312}'
const harmless = (column: string) =>
  `case when ascii(${column}) = any ('${formulaStarts}') then '''' || ${column} else ${column} end as ${column}`

const selects: Record<ExportFormat, { select: string; options: string }> = {
  csv: {
    select: `select id, at, recorded_at, lot, ${harmless('source')}, "from", "to", amount, ${harmless('reason')},
      ${harmless('operation')}, ${harmless('generation')}, ${harmless('api_key')}, balance_after from page`,
    options: 'format csv',
  },
  json: {
    select: 'select row_to_json(page) from page',
    // As it is: JSON has no control characters that would have to be quoted.
    options: `format csv, quote e'\\x01', delimiter e'\\x02'`,
  },
}

/** The names of the columns of the CSV form, in their order. */
export const exportColumns =
  'id,at,recorded_at,lot,source,from,to,amount,reason,operation,generation,api_key,balance_after'

/**
 * The entries of an account up to one of them, newest first, as PostgreSQL writes them: CSV without its heading, or an
 * object of JSON in each line. A piece comes while the one before it is sent.
 * @returns what is read is good until the next is asked for: its memory is used again
 */
export async function* exportEntries(
  db: Db,
  account_key: string,
  last_entry: number,
  filter: EntryFilter,
  format: ExportFormat,
): AsyncGenerator<Buffer> {
  let upTo = last_entry
  // One is read while the other is filled.
  let [blocks, others] = [new Blocks(), new Blocks()]
  const read = () => {
    ;[blocks, others] = [others, blocks]
    // A failure is kept until its piece is due: nobody may be there any more to be told.
    return Promise.allSettled([readPiece(db, account_key, filter, format, upTo, blocks)])
  }
  let next = read()
  while (upTo > 0) {
    const [piece] = await next
    upTo -= ENTRIES_AT_A_TIME
    if (upTo > 0) next = read()
    if (piece.status === 'rejected') throw piece.reason
    yield* piece.value
  }
}

function readPiece(
  db: Db,
  account_key: string,
  { from, to, operation, key }: EntryFilter,
  format: ExportFormat,
  upTo: number,
  blocks: Blocks,
): Promise<Buffer[]> {
  const { select, options } = selects[format]
  const page = `with page as materialized (
      select ${entryColumns} from entries e join lots l using (account_key, lot_id)
      where e.account_key = $1 and e.entry_no > $6 and e.entry_no <= $7 and ${entryConditions}
      order by e.entry_no desc)`
  const values = [
    account_key,
    from?.toISOString() ?? null,
    to?.toISOString() ?? null,
    operation ?? null,
    key ?? null,
    String(upTo - ENTRIES_AT_A_TIME),
    String(upTo),
  ]
  return copyOut(db, `${page} ${select}`, options, values, blocks)
}
