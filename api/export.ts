import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { stringify } from 'csv-stringify'
import type { Response } from 'express'
import type { Book } from '../ledger/act.ts'
import { type Entry, type EntryFilter, listEntries } from '../ledger/entries.ts'
import type { Answer } from './route.ts'

const ROWS_AT_A_TIME = 1_000

const columns: (keyof Entry)[] = [
  'id',
  'at',
  'recorded_at',
  'lot',
  'source',
  'from',
  'to',
  'amount',
  'reason',
  'operation',
  'generation',
  'api_key',
  'balance_after',
]

/** All entries of an account as a download, read and sent a piece at a time (KV-05). */
export function streamEntries(
  book: Book,
  account_key: string,
  filter: EntryFilter,
  format: 'csv' | 'json',
): Answer {
  const entries = () => Readable.from(allEntries(book, account_key, filter))
  const writer = () =>
    format === 'csv' ? stringify({ header: true, columns, escape_formulas: true }) : jsonArray()
  return {
    headers: {
      'Content-Type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="entries.${format}"`,
    },
    stream: (response: Response) => pipeline(entries(), writer(), response),
  }
}

async function* allEntries(book: Book, account_key: string, filter: EntryFilter): AsyncGenerator<Entry> {
  let cursor: string | undefined
  do {
    const page = await listEntries(book, account_key, filter, { limit: ROWS_AT_A_TIME, cursor })
    yield* page.data
    cursor = page.next_cursor ?? undefined
  } while (cursor)
}

function jsonArray(): Transform {
  let opening = '['
  return new Transform({
    writableObjectMode: true,
    transform(entry, _encoding, done) {
      done(null, `${opening}${JSON.stringify(entry)}`)
      opening = ',\n'
    },
    flush(done) {
      done(null, opening === '[' ? '[]' : ']')
    },
  })
}
