import { z } from 'zod'
import { listActivity } from '../../../db/accounts/activity.ts'
import { loadAccountNow } from '../../http/account-context.ts'
import { route } from '../../http/route.ts'
import { accountParams, listOf, numberedPage, time } from '../../http/shapes.ts'

const activityShape = z.object({
  id: z.string(),
  at: time,
  recorded_at: time,
  who: z.string().describe('The name of the API key.'),
  key: z.string().describe('Its id.'),
  what: z.string(),
  why: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
  done: z.boolean().describe('false where it was asked for and not done: refused, or still under way.'),
})

export const activityRoutes = [
  route({
    method: 'get',
    path: '/v1/accounts/{account}/trail',
    scope: 'support',
    summary: 'What support did with an account: who, what, why; newest first',
    params: accountParams,
    query: numberedPage,
    responses: { 200: listOf(activityShape) },
    async handler({ app, caller, params, query }) {
      const { account } = await loadAccountNow(app, caller, params.account)
      return { body: await listActivity(app.db, account.account_key, query) }
    },
  }),
]
