import { Writable } from 'node:stream'
import type { Response } from 'express'
import { streamEntries } from '../../api/export.ts'
import { accountKey } from '../../ledger/account-key.ts'
import { putAccount } from '../../ledger/accounts.ts'
import type { Book } from '../../ledger/act.ts'
import { openBook } from '../../ledger/connect.ts'
import { createDatabase, type TestDatabase } from '../support/servers.ts'

const ENTRIES = 20_000
const MEGABYTE = 2 ** 20

let database: TestDatabase
let book: Book
const account_key = accountKey('kvidai', 'busy')

beforeAll(async () => {
  database = await createDatabase()
  book = openBook(database.url, 2, { statementSeconds: 60 })
  await putAccount(book, 'kvidai', 'busy', {}, new Date())
  await book.query(
    `insert into lots (account_key, source, granted, available, granted_at, members_only, spend_key, origin_type,
       origin_id, terms) values ($1, 'purchased', 1000000, 1000000, now(), false, 'a', 'grant', 'g', '{}')`,
    [account_key],
  )
  // No acts and no chain: only what an export reads.
  await book.query(
    `insert into entries (account_key, entry_no, lot_id, from_state, to_state, amount, reason, operation, operation_key,
       at, recorded_at, balance_after, hash)
     select $1, n, (select lot_id from lots), 'available', 'held', 1, 'reserve',
       case n when 1 then '=HYPERLINK("http://evil")' when 2 then '+1' when 3 then '@sum' else 'image' end,
       'k' || n, now(), now(), 0, ''
     from generate_series(1, $2) n`,
    [account_key, ENTRIES],
  )
  await book.query('analyze entries')
})
afterAll(async () => {
  await book.end()
  await database.drop()
})

/** Counts what is written, and how much of the heap was in use at most meanwhile. */
async function exported(format: 'csv' | 'json') {
  let text = ''
  let bytes = 0
  let lines = 0
  let heap = 0
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      lines += chunk.toString().split('\n').length - 1
      text = (text + chunk).slice(-2_000)
      heap = Math.max(heap, process.memoryUsage().heapUsed)
      setImmediate(done)
    },
  })
  Object.assign(sink, { setTimeout: () => undefined })
  const before = process.memoryUsage().heapUsed
  await streamEntries({ book, clientSeconds: 30 }, account_key, {}, format).stream?.(
    sink as unknown as Response,
  )
  return { bytes, lines, growth: heap - before, text }
}

it.each(['csv', 'json'] as const)(
  '%s of many entries is sent a piece at a time, in memory that does not grow',
  async format => {
    const { bytes, lines, growth } = await exported(format)
    expect(lines).toBe(format === 'csv' ? ENTRIES + 1 : ENTRIES - 1)
    expect(bytes).toBeGreaterThan(MEGABYTE)
    // What is live is a page of rows; the rest is what the collector has not been to yet.
    expect(growth).toBeLessThan(96 * MEGABYTE)
  },
)

it('what a spreadsheet would take for a formula is only text', async () => {
  const { text } = await exported('csv')
  for (const start of ["'=HYPERLINK", "'+1", "'@sum"]) expect(text).toContain(start)
})
