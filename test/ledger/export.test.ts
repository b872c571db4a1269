import { Writable } from 'node:stream'
import type { Response } from 'express'
import { streamEntries } from '../../api/export.ts'
import type { Book } from '../../ledger/act.ts'
import { openBook } from '../../ledger/connect.ts'
import { putManyEntries } from '../support/many-entries.ts'
import { createDatabase, type TestDatabase } from '../support/servers.ts'

const ENTRIES = 20_000
const MEGABYTE = 2 ** 20

let database: TestDatabase
let book: Book
let account_key: string

beforeAll(async () => {
  database = await createDatabase()
  book = openBook(database.url, 2, { statementSeconds: 60 })
  account_key = await putManyEntries(book, 'kvidai', 'busy', ENTRIES)
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
  await streamEntries({ book, clientSeconds: 30 }, account_key, ENTRIES, {}, format).stream?.(
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
