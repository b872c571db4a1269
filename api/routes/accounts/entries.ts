import { z } from 'zod'
import { readTotalsOfEntries } from '../../../db/ledger/balance.ts'
import { listEntries } from '../../../db/ledger/entries/entries.ts'
import { expire } from '../../../db/ledger/lots/expire.ts'
import { loadAccountNow } from '../../http/account-context.ts'
import { route } from '../../http/route.ts'
import { entryShape, instant, listOf, numberedPage } from '../../http/shapes.ts'
import { streamEntries } from './export-entries.ts'

const query = numberedPage.extend({
  from: instant.optional(),
  to: instant.optional(),
  operation: z.string().max(200).optional(),
  key: z.string().max(200).optional().describe('Name of an API key.'),
  format: z.enum(['csv', 'json']).optional().describe('Streams an export of all entries.'),
})

export const entryRoutes = [
  route('get /v1/accounts/{account}/entries', {
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
      const { limit, cursor, format, ...filter } = query
      const exported = format ?? (request.accepts(['json', 'csv']) === 'csv' ? 'csv' : undefined)
      if (exported) return { totals, ...streamEntries(app, account_key, last_entry, filter, exported) }
      const body = await listEntries(app.db, account_key, last_entry, filter, { limit, cursor })
      return { totals, body }
    },
  }),
]
