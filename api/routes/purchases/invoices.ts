import { z } from 'zod'
import { listInvoiceLines } from '../../../db/purchases/invoice-lines.ts'
import { type Invoice, type InvoiceLine, invoiceShape, invoicesOf } from '../../../domain/purchases/invoices.ts'
import { formatMoney } from '../../../domain/shared/amount.ts'
import { type Html, html } from '../../../domain/shared/html.ts'
import { notFound } from '../../../domain/shared/refusals.ts'
import { documentOf } from '../../http/html.ts'
import { loadAccountNow, route } from '../../http/route.ts'
import { accountName, listOf } from '../../http/shapes.ts'

export const invoiceRoutes = [
  route('get /v1/accounts/{account}/invoices', {
    operationId: 'listInvoices',
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
    operationId: 'getInvoice',
    scope: 'read',
    summary: 'Get an invoice, as JSON or as a printable page',
    params: z.object({ account: accountName, invoice: z.string().regex(/^\d{4}-\d{2}-[A-Z]{3}$/) }),
    responses: { 200: invoiceShape },
    alternateContent: { 'text/html': z.string() },
    async handler({ app, caller, policy, params, request }) {
      const { account, at } = await loadAccountNow(app, caller, params.account)
      const all = invoicesOf(await listInvoiceLines(app.db, account.account_key), at.toISOString())
      const body = all.find(({ id }) => id === params.invoice)
      if (!body) throw notFound('invoice')
      const answer = { body, account: { ...account, at } }
      if (request.accepts(['json', 'html']) !== 'html') return answer
      const page = invoicePage(policy.name, account.account, body)
      return {
        ...answer,
        headers: { 'Content-Type': 'text/html; charset=utf-8' },
        stream: async response => void response.end(page),
      }
    },
  }),
]

/** An invoice as a printable page. */
function invoicePage(product: string, account: string, invoice: Invoice): string {
  const { id, period, state, currency, total, lines } = invoice
  return documentOf(
    `${product}: invoice ${id}`,
    html`<h1>${product}</h1>
<p>Invoice ${id} for ${account}, ${period}: <strong>${state}</strong></p>
<table>
<thead><tr><th scope="col">Date</th><th scope="col">Description</th><th scope="col">Credits</th><th scope="col">Amount</th></tr></thead>
<tbody>${lines.map(row)}</tbody>
<tfoot><tr><th scope="row" colspan="3">Total</th><td>${formatMoney(total, currency)}</td></tr></tfoot>
</table>`,
  )
}

function row({ at, kind, description, quantity, credits, amount, currency }: InvoiceLine): Html {
  return html`<tr><td>${at.slice(0, 10)}</td><td>${kind === 'refund' && 'Refund: '}${description} × ${quantity}</td><td>${credits}</td><td>${formatMoney(amount, currency)}</td></tr>`
}
