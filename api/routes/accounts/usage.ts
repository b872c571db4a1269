import { z } from 'zod'
import { usage, usageShape } from '../../../db/accounts/usage.ts'
import { loadAccountNow, route } from '../../http/route.ts'
import { instant, listOf } from '../../http/shapes.ts'

export const usageRoute = route('get /v1/accounts/{account}/usage', {
  operationId: 'listUsage',
  scope: 'read',
  summary: 'Get spent and refunded credits by day, operation or API key',
  query: z.object({
    group_by: z.enum(['day', 'operation', 'api_key']).default('day'),
    from: instant.optional(),
    to: instant.optional(),
  }),
  responses: { 200: listOf(usageShape) },
  async handler({ app, caller, params, query: { group_by, ...period } }) {
    const { account, at } = await loadAccountNow(app, caller, params.account)
    const data = await usage(app.db, account.account_key, group_by, period)
    return { body: { data, next_cursor: null }, account: { ...account, at } }
  },
})
