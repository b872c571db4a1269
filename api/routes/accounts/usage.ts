import { z } from 'zod'
import { usage } from '../../../db/accounts/usage.ts'
import { readTotals } from '../../../db/ledger/totals.ts'
import { loadAccountNow } from '../../http/account-context.ts'
import { route } from '../../http/route.ts'
import { accountParams, credits, instant, listOf } from '../../http/shapes.ts'

const usageShape = z.object({ group: z.string(), spent: credits, refunded: credits, count: z.int() })

export const usageRoutes = [
  route({
    method: 'get',
    path: '/v1/accounts/{account}/usage',
    scope: 'read',
    summary: 'Get spent and refunded credits by day, operation or API key',
    params: accountParams,
    query: z.object({
      group_by: z.enum(['day', 'operation', 'api_key']).default('day'),
      from: instant.optional(),
      to: instant.optional(),
    }),
    responses: { 200: listOf(usageShape) },
    async handler({ app, caller, params, query: { group_by, ...period } }) {
      const { account, at } = await loadAccountNow(app, caller, params.account)
      const data = await usage(app.db, account.account_key, group_by, period)
      return {
        body: { data, next_cursor: null },
        totals: await readTotals(app.db, account.account_key, at),
      }
    },
  }),
]
