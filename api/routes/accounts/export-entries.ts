import { pipeline } from 'node:stream/promises'
import type { Response } from 'express'
import type { EntryFilter } from '../../../db/ledger/entries/entries.ts'
import { type ExportFormat, exportColumns, exportEntries } from '../../../db/ledger/entries/export.ts'
import type { App } from '../../http/app.ts'
import type { RouteResponse } from '../../http/route.ts'

/** Streams the entries of an account up to `last_entry` as a download (KV-05). */
export function streamEntries(
  { db, clientSeconds }: Pick<App, 'db' | 'clientSeconds'>,
  account_key: string,
  last_entry: number,
  filter: EntryFilter,
  format: ExportFormat,
): RouteResponse {
  const entries = () => exportEntries(db, account_key, last_entry, filter, format)
  const written = format === 'csv' ? withHeading : asJsonArray
  return {
    headers: {
      'Content-Type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="entries.${format}"`,
    },
    stream: (response: Response) => {
      // A client that stops reading must not hold its database connection for ever.
      response.setTimeout(clientSeconds * 1000)
      return pipeline(written(entries()), response)
    },
  }
}

async function* withHeading(chunks: AsyncIterable<Buffer>) {
  yield Buffer.from(`${exportColumns}\n`)
  yield* chunks
}

/** Holds back a line break at the end of a chunk, because no comma follows the last line. */
async function* asJsonArray(chunks: AsyncIterable<Buffer>) {
  let opening = '['
  for await (const chunk of chunks) {
    // As latin1, because a chunk may end within a character.
    const lines = chunk.toString('latin1')
    const isWhole = lines.endsWith('\n')
    yield Buffer.from(opening + (isWhole ? lines.slice(0, -1) : lines).replaceAll('\n', ',\n'), 'latin1')
    opening = isWhole ? ',\n' : ''
  }
  yield Buffer.from(opening === '[' ? '[]' : ']')
}
