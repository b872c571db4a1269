import { z } from 'zod'
import { listAccounts } from '../../../db/search/accounts.ts'
import { route } from '../../http/route.ts'
import { credits, listOf, named, page, time } from '../../http/shapes.ts'

const flag = z.enum(['true', 'false']).transform(value => value === 'true')

const listedAccount = named('ListedAccount', {
  account: z.string(),
  email: z.string().nullable(),
  created_at: time,
  closed_at: time.nullable(),
  member: z.boolean(),
  plans: z.array(z.string()),
  available: credits,
  held: credits,
  frozen: credits,
  debt: credits,
  needs_attention: z.boolean(),
})

export const accountListRoute = route('get /v1/accounts', {
  operationId: 'listAccounts',
  scope: 'support',
  summary: 'List accounts, newest first',
  query: page.extend({
    email: z.string().trim().min(1).max(254).optional(),
    account: z.string().trim().min(1).max(128).optional(),
    status: z.enum(['open', 'closed']).optional(),
    member: flag.optional(),
    plan: z.string().min(1).max(100).optional(),
    needs_attention: flag.optional(),
  }),
  responses: { 200: listOf(listedAccount) },
  async handler({ app, caller, query: { limit, cursor, ...filter } }) {
    return { body: await listAccounts(app.db, caller.product, filter, { limit, cursor }, app.now()) }
  },
})
