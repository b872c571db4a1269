import { useState } from 'react'
import type { Generation, Listing, PriceLine as PriceLineBody } from '../../../shared/api-types.ts'
import { useAttempt } from '../../../shared/attempt.ts'
import { callApi } from '../../../shared/call-api.ts'
import { humanize } from '../../../shared/format.ts'
import type { View } from '../../../shared/live-view.ts'
import { useLocale } from '../../../shared/locale.ts'
import { Fact, Moment, Problem } from '../../../shared/parts.tsx'

/** Generations with cost, reason and lots (BR-17). */
export function History({ view }: { view: View }) {
  const { t } = useLocale()
  const [earlier, setEarlier] = useState<Listing<Generation> | null>(null)
  const newest = view.generations
  const known = new Set(newest.data.map(({ id }) => id))
  const shown = [...newest.data, ...(earlier?.data.filter(({ id }) => !known.has(id)) ?? [])]
  const cursor = earlier ? earlier.next_cursor : newest.next_cursor
  const more = useAttempt(() => callApi<Listing<Generation>>(`/generations?limit=20&cursor=${cursor}`))
  const showMore = async () => {
    const next = await more.attempt()
    if (!next) return
    setEarlier({ data: [...(earlier?.data ?? newest.data), ...next.data], next_cursor: next.next_cursor })
  }
  if (shown.length === 0) return null
  return (
    <section aria-labelledby="history-title">
      <h2 id="history-title">{t.history}</h2>
      <ul className="history">
        {shown.map(generation => (
          <li key={generation.id}>
            <GenerationItem generation={generation} />
          </li>
        ))}
      </ul>
      {cursor && (
        <button type="button" onClick={() => void showMore()} disabled={more.busy}>
          {t.history_more}
        </button>
      )}
      <Problem text={more.problem} />
    </section>
  )
}

function GenerationItem({ generation: g }: { generation: Generation }) {
  const { t, f } = useLocale()
  return (
    <details>
      <summary>
        <span className="what">
          <strong>{humanize(g.operation)}</strong>{' '}
          <span className={`tag ${g.state}`}>{t.generation_states[g.state]}</span>
        </span>
        <Moment at={g.reserved_at} />
        <span className="cost">{t.credits(g.state === 'reserved' ? g.held : g.spent)}</span>
      </summary>
      <dl className="facts">
        <Fact name={t.quoted}>
          {t.credits(g.cost)}{' '}
          <span className="soft">({g.unit_cost === null ? t.ceiling : t.quote_of(g.outputs, g.unit_cost)})</span>
        </Fact>
        <Fact name={t.held}>{t.credits(g.held)}</Fact>
        <Fact name={t.charged}>{t.credits(g.spent)}</Fact>
        <Fact name={t.refunded}>{t.credits(g.refunded)}</Fact>
        <Fact name={t.why}>
          <Why generation={g} />
        </Fact>
        {g.price_lines && g.price_lines.length > 0 && (
          <Fact name={t.price}>
            {g.price_lines.map(line => (
              <span className="block" key={line.item}>
                <PriceLine line={line} />
              </span>
            ))}
          </Fact>
        )}
        {g.draws.length > 0 && (
          <Fact name={t.drawn_from}>
            {g.draws.map(({ lot, source, amount }) => (
              <span className="block" key={lot}>
                {f.number(amount)} · {t.sources[source] ?? humanize(source)}{' '}
                <span className="soft">{t.lot_id(lot)}</span>
              </span>
            ))}
          </Fact>
        )}
        {g.api_key && <Fact name={t.made_by}>{g.api_key}</Fact>}
      </dl>
    </details>
  )
}

function Why({ generation: g }: { generation: Generation }) {
  const { t } = useLocale()
  const delivered = g.items.length > 0 ? g.items.filter(({ ok }) => ok).length : deliveredOf(g)
  const reasons = [
    g.state === 'timed_out' && g.spent > 0 ? t.why_reported : t.why_states[g.state]?.(delivered, g.outputs),
    g.free_trial && t.why_trial,
    g.correction_of && t.why_correction,
    g.late && t.why_late,
    g.waived > 0 && t.why_waived(g.waived),
    g.refusal && (t.refusals[g.refusal.code]?.(g.refusal) ?? t.problems[g.refusal.code]),
  ]
  return reasons.filter(Boolean).join(' ')
}

/** Names of items are the policy's own, such as input_tokens. */
function PriceLine({ line: { item, quantity, rate, credits } }: { line: PriceLineBody }) {
  const { t, f } = useLocale()
  return (
    <>
      {humanize(item)}
      {quantity !== null && ` ${f.number(quantity)}`} <span className="soft">({rate})</span>:{' '}
      {t.exact_credits(Number(credits))}
    </>
  )
}

function deliveredOf({ spent, unit_cost, outputs, state }: Generation): number {
  if (unit_cost) return Math.round(spent / unit_cost)
  return state === 'committed' ? outputs : 0
}

export function Export() {
  const { t } = useLocale()
  return (
    <section aria-labelledby="export-title">
      <h2 id="export-title">{t.export}</h2>
      <p className="soft">{t.export_why}</p>
      <p className="actions">
        <a className="button" href="/portal/api/entries?format=csv" download>
          {t.export_csv}
        </a>
        <a className="button" href="/portal/api/entries?format=json" download>
          {t.export_json}
        </a>
      </p>
    </section>
  )
}
