import { z } from 'zod'
import { loadBuyer } from '../../../db/purchases/buyer.ts'
import { offersFor, packShape } from '../../../domain/purchases/packs.ts'
import { methodsAt, paymentMethodShape } from '../../../domain/purchases/payment-methods.ts'
import { loadAccountNow, route } from '../../http/route.ts'
import { accountName, listOf } from '../../http/shapes.ts'

export const packRoute = route('get /v1/packs', {
  operationId: 'listPacks',
  scope: 'read',
  summary: 'List the packs that an account may buy',
  query: z.object({ account: accountName }),
  responses: { 200: listOf(packShape).extend({ payment_methods: z.array(paymentMethodShape) }) },
  async handler({ app, caller, policy, query }) {
    const { account, at } = await loadAccountNow(app, caller, query.account)
    const buyer = await loadBuyer(app.db, account, at.toISOString())
    const data = offersFor(policy, buyer)
    return {
      body: { data, next_cursor: null, payment_methods: methodsAt(policy, at.toISOString()) },
      account: { ...account, at },
    }
  },
})
