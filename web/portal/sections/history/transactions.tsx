import { useState } from 'react'
import type { Entry, Listing } from '../../../shared/api-types.ts'
import { useAttempt } from '../../../shared/attempt.ts'
import { callApi } from '../../../shared/call-api.ts'
import { humanize } from '../../../shared/format.ts'
import type { View } from '../../../shared/live-view.ts'
import { useLocale } from '../../../shared/locale.ts'
import { Moment, Problem } from '../../../shared/parts.tsx'
import { reasonOf } from './entry-reasons.ts'

/**
 * Credits added, expired, taken and given back, each with its reason, newest first; on request every movement of credits,
 * those of generations too (KV-05).
 */
export function Transactions({ view }: { view: View }) {
  const { t } = useLocale()
  const [all, showAll] = useState(false)
  const [earlier, setEarlier] = useState<Listing<Entry> | null>(null)
  const load = useAttempt((_key, filter: string) => callApi<Listing<Entry>>(`/entries?limit=50${filter}`))
  const { data, next_cursor } = shownEntries(all ? null : view.changes, earlier)
  const more = async () => {
    const next = await load.attempt(`${all ? '' : '&without_generations=true'}&cursor=${next_cursor}`)
    if (next) setEarlier({ data: [...(earlier?.data ?? []), ...next.data], next_cursor: next.next_cursor })
  }
  const toggle = async () => {
    const first = all ? null : await load.attempt('')
    if (first === undefined) return
    setEarlier(first)
    showAll(!all)
  }
  if (view.changes.data.length === 0 && view.generations.data.length === 0) return null
  return (
    <section aria-labelledby="transactions-title">
      <h2 id="transactions-title">{t.transactions}</h2>
      <ul className="history transactions">
        {data.map(entry => (
          <li key={entry.id}>
            <Transaction entry={entry} withStates={all} />
          </li>
        ))}
      </ul>
      <p className="actions">
        {next_cursor && (
          <button type="button" onClick={() => void more()} disabled={load.busy}>
            {t.transactions_more}
          </button>
        )}
        <button type="button" onClick={() => void toggle()} disabled={load.busy}>
          {all ? t.transactions_changes : t.transactions_all}
        </button>
      </p>
      <Problem text={load.problem} />
    </section>
  )
}

/** The newest entries of the view, then those that were loaded later. */
function shownEntries(newest: Listing<Entry> | null, earlier: Listing<Entry> | null): Listing<Entry> {
  const known = new Set(newest?.data.map(({ id }) => id))
  return {
    data: [...(newest?.data ?? []), ...(earlier?.data.filter(({ id }) => !known.has(id)) ?? [])],
    next_cursor: earlier ? earlier.next_cursor : (newest?.next_cursor ?? null),
  }
}

function Transaction({ entry, withStates }: { entry: Entry; withStates: boolean }) {
  const { t, f } = useLocale()
  const { amount, source, from, to, operation, at } = entry
  const change = to === 'available' ? amount : from === 'available' ? -amount : 0
  return (
    <div className="transaction">
      <strong className="what">{reasonOf(entry, change, t)}</strong>
      <span className="cost">{change === 0 ? f.number(amount) : f.signed(change)}</span>
      <span className="soft">
        {operation && `${humanize(operation)} · `}
        {t.sources[source] ?? humanize(source)}
        {withStates && `: ${t.credit_states[from] ?? from} → ${t.credit_states[to] ?? to}`} · <Moment at={at} /> ·{' '}
        {t.balance_after(f.number(entry.balance_after))}
      </span>
    </div>
  )
}
