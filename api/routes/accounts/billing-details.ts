import { z } from 'zod'
import { billingDetailsShape, findBillingDetails, putBillingDetails } from '../../../db/accounts/billing-details.ts'
import { Refused } from '../../../domain/shared/refusals.ts'
import { loadAccountNow, route } from '../../http/route.ts'

const answer = z.object({ billing_details: billingDetailsShape.nullable().describe('null: none yet.') })

export const billingDetailsRoutes = [
  route('get /v1/accounts/{account}/billing-details', {
    operationId: 'getBillingDetails',
    scope: 'read',
    summary: 'Get the buyer of the invoices',
    responses: { 200: answer },
    async handler({ app, caller, params }) {
      const { account, at } = await loadAccountNow(app, caller, params.account)
      const billing_details = await findBillingDetails(app.db, account.account_key)
      return { body: { billing_details }, account: { ...account, at } }
    },
  }),

  route('put /v1/accounts/{account}/billing-details', {
    operationId: 'putBillingDetails',
    scope: 'manage',
    summary: 'Set the buyer of the invoices that are issued from now on',
    body: billingDetailsShape,
    responses: { 200: answer },
    async handler({ app, caller, params, body }) {
      const { account, at } = await loadAccountNow(app, caller, params.account)
      if (account.closed_at) throw new Refused({ code: 'account_closed' })
      await putBillingDetails(app.db, account.account_key, body)
      return { body: { billing_details: body }, account: { ...account, at } }
    },
  }),
]
