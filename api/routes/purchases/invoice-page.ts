import type { Invoice, InvoiceLine, Party } from '../../../domain/purchases/invoices/shapes.ts'
import { formatMoney } from '../../../domain/shared/amount.ts'
import { type Html, html } from '../../../domain/shared/html.ts'
import type { Language } from '../../../domain/shared/languages.ts'
import { invoiceTexts } from './invoice-texts.ts'

/** The page styles itself; it runs no script and loads nothing. */
export const INVOICE_CSP = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"

const STYLE = `
:root { color-scheme: light; font: 15px/1.5 system-ui, sans-serif; color: #18181b; background: #fff }
body { margin: 0 auto; max-width: 50rem; padding: 1.5rem 1rem }
h1 { font-size: 1.6rem; margin: 0 0 1rem }
h2 { font-size: .9rem; margin: 0 0 .25rem; color: #52525b; font-weight: 600 }
p { margin: 0 0 .25rem; overflow-wrap: anywhere }
.parties { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); gap: 1.25rem; margin-bottom: 1.5rem }
dl { display: grid; grid-template-columns: auto 1fr; gap: 0 1rem; margin: 0; align-content: start }
dt { color: #52525b } dd { margin: 0; overflow-wrap: anywhere }
table { width: 100%; border-collapse: collapse; margin: 1rem 0 }
th, td { padding: .45rem .25rem; text-align: left; vertical-align: top; border-bottom: 1px solid #e4e4e7 }
thead th { color: #52525b; font-weight: 600 }
.amount { text-align: right; white-space: nowrap }
tfoot td, tfoot th { border: 0; padding: .2rem .25rem } tfoot th { text-align: right; font-weight: 400 }
tfoot .sum td, tfoot .sum th { font-weight: 700; border-top: 2px solid #18181b }
.hint { color: #52525b; margin-top: 1.5rem }
@media (max-width: 26rem) { :root { font-size: 13px } body { padding: 1rem .75rem } th, td { padding-left: .15rem; padding-right: .15rem } }
@page { size: A4; margin: 18mm }
@media print { body { max-width: none; padding: 0 } .hint { display: none } tr, .keep { break-inside: avoid } thead { display: table-header-group } }
`

type Printed = { product: string; account: string; language: Language; invoice: Invoice }

/** An invoice, a credit note or a statement as a page to print. Days are those of UTC, as the months are. */
export function invoicePage({ product, account, language, invoice }: Printed): string {
  const t = invoiceTexts(language)
  const { kind, number, corrects, period, issued_at, due_at, seller, buyer, total, tax, net, currency, lines } = invoice
  const money = (amount: number) => formatMoney(amount, currency, language)
  const day = (at: string) =>
    new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(at))
  const month = new Intl.DateTimeFormat(language, { year: 'numeric', month: 'long', timeZone: 'UTC' })
  const fact = (label: string, value: string | null) => value !== null && html`<dt>${label}</dt><dd>${value}</dd>`
  const row = ({ at, kind, description, quantity, amount }: InvoiceLine): Html =>
    html`<tr><td>${day(at)}</td><td>${kind === 'refund' && `${t.refund}: `}${description}${quantity > 1 && ` × ${quantity}`}</td><td class="amount">${money(amount)}</td></tr>`
  const party = (label: string, named: Party | null) =>
    named &&
    html`<div><h2>${label}</h2><p><strong>${named.name}</strong></p>${named.address.map(line => html`<p>${line}</p>`)}${named.tax_id && html`<p>${t.tax_id}: ${named.tax_id}</p>`}</div>`
  const title = `${t.kinds[kind]}${number ? ` ${number}` : ''}`
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${product}: ${title}</title>
<style>${{ html: STYLE }}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<div class="parties">
${party(t.from, seller) || html`<div><h2>${t.from}</h2><p><strong>${product}</strong></p></div>`}
${party(t.to, buyer) || html`<div><h2>${t.to}</h2><p>${account}</p></div>`}
<dl>
${fact(t.number, number)}${fact(t.corrects, corrects)}${fact(t.month, month.format(new Date(`${period}-01T00:00:00Z`)))}
${fact(t.date, issued_at && day(issued_at))}${fact(t.due, kind === 'invoice' ? due_at && day(due_at) : null)}${fact(t.account, account)}
</dl>
</div>
${kind !== 'credit_note' && html`<p><strong>${t.states[invoice.state]}</strong></p>`}
<table>
<thead><tr><th scope="col">${t.date}</th><th scope="col">${t.description}</th><th scope="col" class="amount">${t.amount}</th></tr></thead>
<tbody>${lines.map(row)}</tbody>
<tfoot>
${
  tax &&
  html`<tr><th scope="row" colspan="2">${t.net}</th><td class="amount">${money(net)}</td></tr>
<tr><th scope="row" colspan="2">${tax.name} ${tax.percent} %</th><td class="amount">${money(tax.amount)}</td></tr>`
}
<tr class="sum"><th scope="row" colspan="2">${t.total}</th><td class="amount">${money(total)}</td></tr>
</tfoot>
</table>
${
  kind === 'invoice' && invoice.state !== 'paid'
    ? html`<div class="keep"><h2>${t.pay}</h2>${invoice.how_to_pay.map(line => html`<p>${line}</p>`)}<p>${t.reference(number ?? '')}</p></div>`
    : null
}
${kind === 'statement' && html`<p>${t.not_invoice} ${seller && t.needs_buyer}</p>`}
<p class="hint">${t.print}</p>
</main>
</body>
</html>
`.html
}
