import { emailShape, listEmails } from '../../../db/emails/emails.ts'
import { loadAccountNow, route } from '../../http/route.ts'
import { listOf, numberedPage } from '../../http/shapes.ts'

export const emailsRoute = route('get /v1/accounts/{account}/emails', {
  operationId: 'listEmails',
  scope: 'support',
  summary: 'List the emails to the customer, newest first; those with codes are on their purchases',
  query: numberedPage,
  responses: { 200: listOf(emailShape) },
  async handler({ app, caller, params, query }) {
    const { account, at } = await loadAccountNow(app, caller, params.account)
    return { body: await listEmails(app.db, account.account_key, query), account: { ...account, at } }
  },
})
