import type { Invoice, InvoiceLine } from '../../../domain/purchases/invoices.ts'
import { formatMoney } from '../../../domain/shared/amount.ts'
import { documentOf, type Html, html } from '../../http/html.ts'

/** An invoice as a printable page. */
export function invoicePage(product: string, account: string, invoice: Invoice): string {
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
