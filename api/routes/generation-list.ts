import { listGenerations } from '../../ledger/generation-list.ts'
import { readTotals } from '../../ledger/totals.ts'
import { accountAndTime } from '../present.ts'
import { route } from '../route.ts'
import { accountParams, generationShape, listOf, page } from '../shapes.ts'

export const generationListRoutes = [
  route({
    method: 'get',
    path: '/v1/accounts/{account}/generations',
    scope: 'read',
    summary: 'Every generation with what it cost and why, newest first',
    params: accountParams,
    query: page,
    answers: { 200: listOf(generationShape) },
    async handler({ app, caller, params, query }) {
      const { account, at } = await accountAndTime(app, caller, params.account)
      const body = await listGenerations(app.book, account.account_key, query)
      return { body, totals: await readTotals(app.book, account.account_key, at) }
    },
  }),
]
