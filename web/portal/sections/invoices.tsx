import { humanize } from '../../shared/format.ts'
import type { View } from '../../shared/live-view.ts'
import { useLocale } from '../../shared/locale.ts'

export function Invoices({ view }: { view: View }) {
  const { t, f } = useLocale()
  if (view.invoices.length === 0) return null
  return (
    <section aria-labelledby="invoices-title">
      <h2 id="invoices-title">{t.invoices}</h2>
      <ul className="invoices">
        {view.invoices.map(({ id, period, state, total, currency }) => (
          <li key={id}>
            <a href={`/portal/api/invoices/${id}`} target="_blank" rel="noopener">
              {t.invoice_open(id)}
            </a>
            <span className="tag">{t.invoice_states[state] ?? humanize(state)}</span>
            <span className="soft">{f.month(period)}</span>
            <span className="cost">{f.money(total, currency)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
