import { z } from 'zod'
import { offersFor } from '../../credits/packs.ts'
import { buyerOf } from '../../ledger/buyer.ts'
import { readTotals } from '../../ledger/totals.ts'
import { policyOf } from '../../policy-files.ts'
import { accountAndTime } from '../present.ts'
import { route } from '../route.ts'
import { accountName, listOf, packShape } from '../shapes.ts'

export const packRoutes = [
  route({
    method: 'get',
    path: '/v1/packs',
    scope: 'read',
    summary: 'The packs that an account may buy now',
    query: z.object({ account: accountName }),
    answers: { 200: listOf(packShape) },
    async handler({ app, caller, query }) {
      const { account, at } = await accountAndTime(app, caller, query.account)
      const buyer = await buyerOf(app.book, account, at.toISOString())
      const data = offersFor(policyOf(app.policies, caller.product), buyer)
      return {
        body: { data, next_cursor: null },
        totals: await readTotals(app.book, account.account_key, at),
      }
    },
  }),
]
