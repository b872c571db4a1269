import { pipeline } from 'node:stream/promises'
import type { Response } from 'express'
import { z } from 'zod'
import type { Db } from '../../../db/core/command.ts'
import { readTotalsOfEntries } from '../../../db/ledger/balance.ts'
import { type EntryFilter, entryShape, hasEntry, listEntries } from '../../../db/ledger/entries/entries.ts'
import { type ExportFormat, exportColumns, exportEntries } from '../../../db/ledger/entries/export.ts'
import { expire } from '../../../db/ledger/lots/expire.ts'
import { loadAccountNow, type RouteResponse, route } from '../../http/route.ts'
import { instant, listOf, numberedPage } from '../../http/shapes.ts'

const query = numberedPage.extend({
  from: instant.optional(),
  to: instant.optional(),
  operation: z.string().max(200).optional(),
  key: z.string().max(200).optional().describe('Name of an API key.'),
  without_generations: z
    .enum(['true'])
    .optional()
    .describe('Only entries that belong to no generation: credits added, expired, and taken or given by support.'),
  format: z.enum(['csv', 'json']).optional().describe('Streams an export of all entries.'),
})

export const entryRoute = route('get /v1/accounts/{account}/entries', {
  operationId: 'listEntries',
  scope: 'read',
  summary: 'List ledger entries, newest first',
  query,
  responses: { 200: listOf(entryShape) },
  alternateContent: { 'text/csv': z.string(), 'application/json': z.array(entryShape) },
  async handler({ app, caller, params, query, request }) {
    const { account, at } = await loadAccountNow(app, caller, params.account)
    const { account_key } = account
    // Post the expiries since the account's last command, so that the list includes them.
    if (!account.closed_at) await expire(app.db, { account_key, at })
    const { totals, last_entry } = await readTotalsOfEntries(app.db, account_key, at)
    const { limit, cursor, format, without_generations, ...others } = query
    const filter = { ...others, without_generations: without_generations === 'true' }
    const exported = format ?? (request.accepts(['json', 'csv']) === 'csv' ? 'csv' : undefined)
    if (exported) {
      const db = (await hasEntry(app.replica, account_key, last_entry)) ? app.replica : app.db
      const sender = { db, clientSeconds: app.config.clientSeconds }
      return { totals, ...streamEntries(sender, account_key, last_entry, filter, exported) }
    }
    const body = await listEntries(app.db, account_key, last_entry, filter, { limit, cursor })
    return { totals, body }
  },
})

/** Streams the entries of an account up to `last_entry` as a download (KV-05). */
export function streamEntries(
  { db, clientSeconds }: { db: Db; clientSeconds: number },
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
