import { finished } from 'node:stream/promises'
import type { Response } from 'express'
import type { EntryFilter } from '../../db/ledger/entries/entries.ts'
import { type ExportFormat, exportColumns, exportEntries } from '../../db/ledger/entries/export.ts'
import type { App } from './app.ts'
import type { RouteResponse } from './route.ts'

/** Streams the entries of an account up to `last_entry` as a download (KV-05). */
export function streamEntries(
  { db, clientSeconds }: Pick<App, 'db' | 'clientSeconds'>,
  account_key: string,
  last_entry: number,
  filter: EntryFilter,
  format: ExportFormat,
): RouteResponse {
  const pieces = () => exportEntries(db, account_key, last_entry, filter, format)
  const written = format === 'csv' ? withHeading : asJsonArray
  return {
    headers: {
      'Content-Type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="entries.${format}"`,
    },
    stream: (response: Response) => {
      // A client that stops reading must not hold its database connection for ever.
      response.setTimeout(clientSeconds * 1000)
      return sendAll(written(pieces()), response)
    },
  }
}

/** Waits for each piece to be written, because its memory is reused for the next. */
async function sendAll(pieces: AsyncIterable<Buffer>, response: Response): Promise<void> {
  const end = finished(response)
  end.catch(() => undefined)
  try {
    for await (const piece of pieces) await Promise.race([sent(piece, response), end])
  } catch (error) {
    response.destroy()
    throw error
  }
  response.end()
  return end
}

function sent(piece: Buffer, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    response.write(piece, error => (error ? reject(error) : resolve()))
  })
}

async function* withHeading(pieces: AsyncIterable<Buffer>) {
  yield Buffer.from(`${exportColumns}\n`)
  yield* pieces
}

/** Writes commas before the next piece, because the last piece is known only at the end. */
async function* asJsonArray(pieces: AsyncIterable<Buffer>) {
  let opening = '['
  for await (const lines of pieces) {
    yield Buffer.from(opening + lines.toString().trimEnd().replaceAll('\n', ',\n'))
    opening = ',\n'
  }
  yield Buffer.from(opening === '[' ? '[]' : ']')
}
