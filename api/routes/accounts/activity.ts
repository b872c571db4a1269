import { z } from 'zod'
import { listActivity } from '../../../db/accounts/activity.ts'
import { loadAccountNow } from '../../http/account-context.ts'
import { route } from '../../http/route.ts'
import { listOf, named, numberedPage, time } from '../../http/shapes.ts'

const activityShape = named('Activity', {
  id: z.string(),
  at: time,
  recorded_at: time,
  actor: z.string().describe('Name of the API key.'),
  key: z.string().describe('Id of the API key.'),
  action: z.string(),
  reason: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
  done: z.boolean().describe('false when the action was refused or is still in progress.'),
})

export const activityRoutes = [
  route('get /v1/accounts/{account}/activity', {
    scope: 'support',
    summary: 'List what support did, newest first',
    query: numberedPage,
    responses: { 200: listOf(activityShape) },
    async handler({ app, caller, params, query }) {
      const { account } = await loadAccountNow(app, caller, params.account)
      return { body: await listActivity(app.db, account.account_key, query) }
    },
  }),
]
