import { z } from 'zod'
import { listLots, lotShape } from '../../../db/ledger/lots/lots.ts'
import { loadAccountNow, route } from '../../http/route.ts'
import { listOf, page } from '../../http/shapes.ts'

export const lotRoute = route('get /v1/accounts/{account}/lots', {
  operationId: 'listLots',
  scope: 'read',
  summary: 'List lots in spending order',
  query: page.extend({
    open: z.enum(['true']).optional().describe('Only lots with available or held credits.'),
  }),
  responses: { 200: listOf(lotShape) },
  async handler({ app, caller, params, query: { open, ...page } }) {
    const { account, at } = await loadAccountNow(app, caller, params.account)
    const { totals, ...body } = await listLots(app.db, account.account_key, at, page, open === 'true')
    return { body, totals }
  },
})
