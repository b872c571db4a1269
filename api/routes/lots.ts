import { listLots } from '../../ledger/lots.ts'
import { readTotals } from '../../ledger/totals.ts'
import { accountAndTime } from '../present.ts'
import { route } from '../route.ts'
import { accountParams, listOf, lotShape, page } from '../shapes.ts'

export const lotRoutes = [
  route({
    method: 'get',
    path: '/v1/accounts/{account}/lots',
    scope: 'read',
    summary: 'Each lot, in the order in which it will be spent',
    params: accountParams,
    query: page,
    answers: { 200: listOf(lotShape) },
    async handler({ app, caller, params, query }) {
      const { account, at } = await accountAndTime(app, caller, params.account)
      const body = await listLots(app.book, account.account_key, at, query)
      return { body, totals: await readTotals(app.book, account.account_key, at) }
    },
  }),
]
