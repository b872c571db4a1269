import { z } from 'zod'
import { loadInvoices, markInvoicePaid } from '../../../db/purchases/invoices/invoices.ts'
import { invoiceShape } from '../../../domain/purchases/invoices/shapes.ts'
import { languages } from '../../../domain/shared/languages.ts'
import { invalidRequest, notFound } from '../../../domain/shared/refusals.ts'
import { providerCodes } from '../../docs/error-codes.ts'
import { loadAccountNow, route } from '../../http/route.ts'
import { accountName, listOf } from '../../http/shapes.ts'
import { sendPurchaseUpdate } from '../../temporal/purchases.ts'
import { INVOICE_CSP, invoicePage } from './invoice-page.ts'

const params = z.object({
  account: accountName,
  invoice: z.string().regex(/^(\d{4}-\d{2}-[A-Z]{3}|CN-.{1,240})$/),
})

export const invoiceRoutes = [
  route('get /v1/accounts/{account}/invoices', {
    operationId: 'listInvoices',
    scope: 'read',
    summary: 'List statements, invoices and credit notes, newest first; what is due is issued',
    responses: { 200: listOf(invoiceShape) },
    async handler({ app, caller, policy, params }) {
      const { account, at } = await loadAccountNow(app, caller, params.account)
      const data = await loadInvoices(app.db, policy, account, at)
      return { body: { data, next_cursor: null }, account: { ...account, at } }
    },
  }),

  route('get /v1/accounts/{account}/invoices/{invoice}', {
    operationId: 'getInvoice',
    scope: 'read',
    summary: 'Get an invoice, as JSON or as a page to print',
    params,
    query: z.object({
      language: z.enum(languages).optional().describe("Of the page; the account's or else the policy's by default."),
    }),
    responses: { 200: invoiceShape },
    alternateContent: { 'text/html': z.string() },
    async handler({ app, caller, policy, params, query, request }) {
      const { account, at } = await loadAccountNow(app, caller, params.account)
      const all = await loadInvoices(app.db, policy, account, at)
      const body = all.find(({ id }) => id === params.invoice)
      if (!body) throw notFound('invoice')
      const answer = { body, account: { ...account, at } }
      if (request.accepts(['json', 'html']) !== 'html') return answer
      const language = query.language ?? account.language ?? policy.emails.language
      const page = invoicePage({ product: policy.name, account: account.account, language, invoice: body })
      return {
        ...answer,
        headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': INVOICE_CSP },
        stream: async response => void response.end(page),
      }
    },
  }),

  route('post /v1/accounts/{account}/invoices/{invoice}/payment', {
    operationId: 'recordInvoicePayment',
    scope: 'manage',
    summary: 'Record that a whole invoice was paid, with all purchases on it',
    params,
    body: z.strictObject({ reference: z.string().min(1).max(200).describe('For people, such as the bank transfer.') }),
    requiresKey: true,
    refuses: providerCodes,
    responses: { 200: invoiceShape },
    async handler({ app, caller, policy, params, body: { reference } }) {
      const { account, at } = await loadAccountNow(app, caller, params.account)
      const load = async () => (await loadInvoices(app.db, policy, account, at)).find(({ id }) => id === params.invoice)
      const invoice = await load()
      if (!invoice) throw notFound('invoice')
      if (invoice.kind !== 'invoice') throw invalidRequest('invoice', `is a ${invoice.kind.replace('_', ' ')}`)
      for (const { kind, purchase, paid_at } of invoice.lines)
        if (kind === 'purchase' && purchase !== null && paid_at === null)
          await sendPurchaseUpdate(
            app,
            caller.product,
            purchase,
            { kind: 'payment', reference },
            `invoice/${invoice.id}`,
          )
      await markInvoicePaid(app.db, account.account_key, invoice.id, at)
      return { body: (await load()) ?? invoice, account: { ...account, at } }
    },
  }),
]
