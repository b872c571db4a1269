import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { Db } from '../../core/command.ts'
import { conditionValues, type EntryFilter, entryColumns, entryConditions } from './entries.ts'

/** Entries per statement: about 10 ms of PostgreSQL's time and half a megabyte. */
const PAGE_SIZE = 4_000

export type ExportFormat = 'csv' | 'json'

/** Code points that start a formula in a spreadsheet: = + - @, tab, carriage return, and fullwidth = + - @. */
const formulaStarts = '{61,43,45,64,9,13,65309,65291,65293,65312}'
/** Prefixes text that looks like a formula with a quote. */
const quoteFormula = (column: string) =>
  `case when ascii(${column}) = any ('${formulaStarts}') then '''' || ${column} else ${column} end as ${column}`

const selects: Record<ExportFormat, { select: string; options: string }> = {
  csv: {
    select: `select id, at, recorded_at, lot, ${quoteFormula('source')}, "from", "to", amount, ${quoteFormula('reason')},
      ${quoteFormula('operation')}, ${quoteFormula('generation')}, ${quoteFormula('api_key')}, balance_after from page`,
    options: 'format csv',
  },
  json: {
    select: 'select row_to_json(page) from page',
    // JSON contains no control characters, so nothing is quoted.
    options: `format csv, quote e'\\x01', delimiter e'\\x02'`,
  },
}

/** The header line of the CSV format. */
export const exportColumns =
  'id,at,recorded_at,lot,source,from,to,amount,reason,operation,generation,api_key,balance_after'

/**
 * The entries of an account up to `last_entry`, newest first: CSV without its header, or a JSON object per line. Each page is
 * read while the previous one is sent.
 * @returns chunks that may end anywhere in a line
 */
export async function* exportEntries(
  db: Db,
  account_key: string,
  last_entry: number,
  filter: EntryFilter,
  format: ExportFormat,
): AsyncGenerator<Buffer> {
  let upTo = last_entry
  // allSettled, because the consumer may stop before it awaits the page.
  const read = () => Promise.allSettled([readPage(db, account_key, filter, format, upTo)])
  let next = read()
  while (upTo > 0) {
    const [page] = await next
    upTo -= PAGE_SIZE
    if (upTo > 0) next = read()
    if (page.status === 'rejected') throw page.reason
    yield* page.value
  }
}

function readPage(
  db: Db,
  account_key: string,
  filter: EntryFilter,
  format: ExportFormat,
  upTo: number,
): Promise<Buffer[]> {
  const { select, options } = selects[format]
  const page = `with page as materialized (
      select ${entryColumns} from entries e join lots l using (account_key, lot_id)
      where e.account_key = $1 and e.entry_no > $7 and e.entry_no <= $8 and ${entryConditions}
      order by e.entry_no desc)`
  const values = [account_key, ...conditionValues(filter), upTo - PAGE_SIZE, upTo]
  return copyOut(db, `${page} ${select}`, options, values)
}

/**
 * Reads rows as text by `copy (…) to stdout`, ten times as fast as parsing them. The result is complete before anything is
 * sent, so that a slow reader holds no connection.
 * @param values replace $1, $2 … in the text, because COPY takes no parameters
 * @returns chunks that may end anywhere in a row
 */
async function copyOut(
  db: Db,
  select: string,
  options: string,
  values: (string | number | boolean | null)[],
): Promise<Buffer[]> {
  const literals = values.map(value => (value === null ? 'null' : pg.escapeLiteral(String(value))))
  const filled = select.replaceAll(/\$(\d+)/g, (_, number) => literals[Number(number) - 1] ?? 'null')
  const connection = await db.connect()
  let broken: Error | undefined
  try {
    const stream = connection.query(copyTo(`copy (${filled}) to stdout with (${options})`))
    // The stream does not report its end to pg, whose query_timeout then emits an error on the finished stream.
    stream.on('error', () => undefined)
    return await stream.toArray()
  } catch (error) {
    broken = error as Error
    throw error
  } finally {
    connection.release(broken)
  }
}
