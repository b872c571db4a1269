import { finished } from 'node:stream/promises'
import type { Response } from 'express'
import type { EntryFilter } from '../../db/ledger/entries/entries.ts'
import { type ExportFormat, exportColumns, exportEntries } from '../../db/ledger/entries/export.ts'
import type { App } from './app.ts'
import type { RouteResponse } from './route.ts'

/** The entries of an account up to one of them as a download, read and sent a piece at a time (KV-05). */
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
      // Who does not read does not hold a connection for ever.
      response.setTimeout(clientSeconds * 1000)
      return sendAll(written(pieces()), response)
    },
  }
}

/** A piece is asked for when the one before it is with the network, since its memory is used again. */
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

/** A comma goes between two lines, so that the last one, which is not known before the end, has none. */
async function* asJsonArray(pieces: AsyncIterable<Buffer>) {
  let opening = '['
  for await (const lines of pieces) {
    yield Buffer.from(opening + lines.toString().trimEnd().replaceAll('\n', ',\n'))
    opening = ',\n'
  }
  yield Buffer.from(opening === '[' ? '[]' : ']')
}
