import { Writable } from 'node:stream'
import type { Response } from 'express'
import { streamEntries } from '../../api/routes/accounts/entries.ts'
import type { Db } from '../../db/core/command.ts'
import { connectDb } from '../../db/core/connect.ts'
import { putManyEntries } from '../support/database/many-entries.ts'
import { createDatabase, type TestDatabase } from '../support/run/servers.ts'

const ENTRIES = 20_000
const MEGABYTE = 2 ** 20

let database: TestDatabase
let db: Db
let account_key: string

beforeAll(async () => {
  database = await createDatabase()
  db = connectDb(database.url, 1, { statementSeconds: 60 })
  account_key = await putManyEntries(db, 'kvidai', 'busy', ENTRIES)
})
afterAll(async () => {
  await db.end()
  await database.drop()
})

/** Exports to a slow reader. @returns the output, and the growth of the heap */
async function exportEntries(format: 'csv' | 'json') {
  let text = ''
  let heap = 0
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      // The only connection is free again once the next chunk has arrived, which must not reuse this buffer.
      const read = () => {
        text += chunk
        heap = Math.max(heap, process.memoryUsage().heapUsed)
        done()
      }
      db.query('select 1').then(read, done)
    },
  })
  Object.assign(sink, { setTimeout: () => undefined })
  const before = process.memoryUsage().heapUsed
  await streamEntries({ db, clientSeconds: 30 }, account_key, ENTRIES, {}, format).stream?.(sink as unknown as Response)
  return { text, growth: heap - before }
}

const idsIn = {
  csv: (text: string) =>
    text
      .trimEnd()
      .split('\n')
      .slice(1)
      .map(line => line.slice(0, line.indexOf(','))),
  json: (text: string) => JSON.parse(text).map(({ id }: { id: unknown }) => String(id)),
}

it.each(['csv', 'json'] as const)(
  'an export of many entries as %s streams all of them in constant memory',
  async format => {
    const { text, growth } = await exportEntries(format)
    expect(idsIn[format](text)).toEqual(Array.from({ length: ENTRIES }, (_, n) => String(ENTRIES - n)))
    // One page of rows is live; the rest is garbage not collected yet.
    expect(growth).toBeLessThan(96 * MEGABYTE)
  },
)

it('formulas in a CSV export are text', async () => {
  const { text } = await exportEntries('csv')
  for (const start of ["'=HYPERLINK", "'+1", "'@sum"]) expect(text).toContain(start)
})
