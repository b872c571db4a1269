import { z } from 'zod'
import { listInvoiceLines } from '../../../db/purchases/invoice-lines.ts'
import { invoicesOf } from '../../../domain/purchases/invoices.ts'
import { notFound } from '../../../domain/shared/refusals.ts'
import { policyOf } from '../../../platform/policy-store.ts'
import { loadAccountNow } from '../../http/account-context.ts'
import { route } from '../../http/route.ts'
import { accountName, listOf, time } from '../../http/shapes.ts'
import { invoicePage } from './invoice-page.ts'

const lineShape = z.object({
  purchase: z.string(),
  at: time,
  kind: z.enum(['purchase', 'refund']),
  description: z.string(),
  quantity: z.int(),
  credits: z.int(),
  amount: z.int().describe('In minor units; refunds are negative.'),
  currency: z.string(),
  paid_at: time.nullable(),
})

const invoiceShape = z.object({
  id: z.string(),
  period: z.string().describe('Month in UTC.'),
  state: z.enum(['open', 'issued', 'paid']),
  currency: z.string(),
  total: z.int(),
  lines: z.array(lineShape),
})

export const invoiceRoutes = [
  route('get /v1/accounts/{account}/invoices', {
    scope: 'read',
    summary: 'List invoices, newest first',
    responses: { 200: listOf(invoiceShape) },
    async handler({ app, caller, params }) {
      const { account, at } = await loadAccountNow(app, caller, params.account)
      const data = invoicesOf(await listInvoiceLines(app.db, account.account_key), at.toISOString())
      return { body: { data, next_cursor: null }, account: { ...account, at } }
    },
  }),

  route('get /v1/accounts/{account}/invoices/{invoice}', {
    scope: 'read',
    summary: 'Get an invoice, as JSON or as a printable page',
    params: z.object({ account: accountName, invoice: z.string().regex(/^\d{4}-\d{2}-[A-Z]{3}$/) }),
    responses: { 200: invoiceShape },
    alternateContent: { 'text/html': z.string() },
    async handler({ app, caller, params, request }) {
      const { account, at } = await loadAccountNow(app, caller, params.account)
      const all = invoicesOf(await listInvoiceLines(app.db, account.account_key), at.toISOString())
      const body = all.find(({ id }) => id === params.invoice)
      if (!body) throw notFound('invoice')
      const answer = { body, account: { ...account, at } }
      if (request.accepts(['json', 'html']) !== 'html') return answer
      const page = invoicePage(policyOf(app.policies, caller.product).name, account.account, body)
      return {
        ...answer,
        headers: { 'Content-Type': 'text/html; charset=utf-8' },
        stream: async response => void response.end(page),
      }
    },
  }),
]
