import { listGenerations } from '../../../db/generations/list.ts'
import { loadAccountNow } from '../../http/account-context.ts'
import { route } from '../../http/route.ts'
import { generationShape, listOf, page } from '../../http/shapes.ts'

export const generationListRoutes = [
  route('get /v1/accounts/{account}/generations', {
    scope: 'read',
    summary: 'List generations, newest first',
    query: page,
    responses: { 200: listOf(generationShape) },
    async handler({ app, caller, params, query }) {
      const { account, at } = await loadAccountNow(app, caller, params.account)
      const body = await listGenerations(app.db, account.account_key, query)
      return { body, account: { ...account, at } }
    },
  }),
]
