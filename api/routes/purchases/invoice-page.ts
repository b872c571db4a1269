import type { Invoice, InvoiceLine } from '../../../domain/purchases/invoices.ts'
import { formatMoney } from '../../../domain/shared/amount.ts'

/** An invoice as a page to read and print. Whatever a name holds is shown as it is, never run. */
export function invoicePage(product: string, account: string, invoice: Invoice): string {
  const { period, state, currency, total, lines } = invoice
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escaped(`${product}: invoice ${invoice.id}`)}</title></head>
<body>
<h1>${escaped(product)}</h1>
<p>Invoice ${escaped(invoice.id)} for ${escaped(account)}, ${escaped(period)}: <strong>${state}</strong></p>
<table>
<thead><tr><th scope="col">Date</th><th scope="col">What</th><th scope="col">Credits</th><th scope="col">Amount</th></tr></thead>
<tbody>
${lines.map(line => row(line)).join('\n')}
</tbody>
<tfoot><tr><th scope="row" colspan="3">Total</th><td>${escaped(formatMoney(total, currency))}</td></tr></tfoot>
</table>
</body>
</html>
`
}

function row({ at, kind, description, quantity, credits, amount, currency }: InvoiceLine): string {
  const what = `${kind === 'refund' ? 'Refund: ' : ''}${description} × ${quantity}`
  return `<tr><td>${at.slice(0, 10)}</td><td>${escaped(what)}</td><td>${credits}</td><td>${escaped(formatMoney(amount, currency))}</td></tr>`
}

/** Text for HTML. */
export function escaped(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }
  return text.replaceAll(/[&<>"']/g, character => entities[character] ?? '')
}
