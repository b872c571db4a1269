import type { Invoice } from '../../../shared/api-types.ts'
import { humanize } from '../../../shared/format.ts'
import type { View } from '../../../shared/live-view.ts'
import { useLocale } from '../../../shared/locale.ts'
import { Billing } from './billing.tsx'

/** Statements, invoices and credit notes, and the billing details that invoices need. */
export function Invoices({ view, refresh }: { view: View; refresh: () => void }) {
  const { t, f, language } = useLocale()
  if (view.invoices.length === 0) return null
  const nameOf = ({ kind, number, id }: Invoice) => `${t.invoice_kinds[kind]} ${number ?? id}`
  return (
    <section aria-labelledby="invoices-title">
      <h2 id="invoices-title">{t.invoices}</h2>
      <ul className="invoices">
        {view.invoices.map(invoice => (
          <li key={invoice.id}>
            <a href={`/portal/api/invoices/${invoice.id}?language=${language}`} target="_blank" rel="noopener">
              {nameOf(invoice)}
            </a>
            <span className="tag">{t.invoice_states[invoice.state] ?? humanize(invoice.state)}</span>
            <span className="soft">{f.month(invoice.period)}</span>
            <span className="cost">{f.money(invoice.total, invoice.currency)}</span>
          </li>
        ))}
      </ul>
      {view.overview.invoices && view.overview.may.includes('put /billing-details') && (
        <Billing billing={view.billing} refresh={refresh} />
      )}
    </section>
  )
}
