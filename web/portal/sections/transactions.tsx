import { useState } from 'react'
import type { Entry, Listing } from '../../shared/api-types.ts'
import { useAttempt } from '../../shared/attempt.ts'
import { callApi } from '../../shared/call-api.ts'
import { humanize } from '../../shared/format.ts'
import { useLocale } from '../../shared/locale.ts'
import { Moment, Problem } from '../../shared/parts.tsx'

/** Every movement of credits, newest first, loaded on request (KV-05). */
export function Transactions() {
  const { t } = useLocale()
  const [shown, setShown] = useState<Listing<Entry> | null>(null)
  const load = useAttempt(() => {
    const cursor = shown?.next_cursor ? `&cursor=${encodeURIComponent(shown.next_cursor)}` : ''
    return callApi<Listing<Entry>>(`/entries?limit=50${cursor}`)
  })
  const more = async () => {
    const next = await load.attempt()
    if (next) setShown({ data: [...(shown?.data ?? []), ...next.data], next_cursor: next.next_cursor })
  }
  return (
    <section aria-labelledby="transactions-title">
      <h2 id="transactions-title">{t.transactions}</h2>
      {shown?.data.length === 0 && <p className="soft">{t.history_none}</p>}
      {shown && shown.data.length > 0 && (
        <ul className="history transactions">
          {shown.data.map(entry => (
            <li key={entry.id}>
              <Transaction entry={entry} />
            </li>
          ))}
        </ul>
      )}
      {(!shown || shown.next_cursor) && (
        <p className="actions">
          <button type="button" onClick={() => void more()} disabled={load.busy}>
            {shown ? t.history_more : t.transactions_show}
          </button>
        </p>
      )}
      <Problem text={load.problem} />
    </section>
  )
}

function Transaction({ entry }: { entry: Entry }) {
  const { t, f } = useLocale()
  const { amount, source, from, to, operation, at } = entry
  return (
    <p>
      <strong>{t.credits(amount)}</strong> {t.sources[source] ?? humanize(source)}: {t.credit_states[from] ?? from} →{' '}
      {t.credit_states[to] ?? to}
      {operation && <span className="soft"> · {humanize(operation)}</span>}
      <span className="soft block">
        <Moment at={at} /> · {t.balance_after(f.number(entry.balance_after))}
      </span>
    </p>
  )
}
