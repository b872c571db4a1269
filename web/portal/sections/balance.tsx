import { useEffect, useRef, useState } from 'react'
import { humanize } from '../../shared/format.ts'
import { isEmpty } from '../../shared/is-empty.ts'
import type { View } from '../../shared/live-view.ts'
import { useLocale } from '../../shared/locale.ts'
import { isUnlimited } from '../../shared/shows-balance.ts'

/** Available, held, frozen and owed credits, and the balance by source. */
export function Balance({ view }: { view: View }) {
  const { t, f } = useLocale()
  const { balance } = view.account
  const { available, held, frozen, debt, by_source } = balance
  const { plans, freezes } = view.overview
  const empty = isEmpty(view)
  const hasPlans = Object.keys(plans).length > 0
  const sources = Object.entries(by_source).filter(([, each]) => each.available + each.held + each.frozen > 0)
  return (
    <section id="balance" aria-labelledby="balance-title" tabIndex={-1} className="balance">
      <h1 id="balance-title">{hasPlans ? t.title : t.title_without_plans}</h1>
      <dl className="numbers">
        <div className="main">
          <dt>{t.available}</dt>
          <dd data-testid="available">{isUnlimited(balance) ? t.unlimited : f.number(available)}</dd>
        </div>
        {!empty && <Figure name={t.held} why={t.held_why} value={held} id="held" />}
        {((freezes && !empty) || frozen > 0) && (
          <Figure name={t.frozen} why={t.frozen_why} value={frozen} id="frozen" />
        )}
        {debt > 0 && <Figure name={t.debt} why={t.debt_why} value={debt} id="debt" />}
      </dl>
      <p className="as-of">
        <time dateTime={balance.as_of}>{t.as_of(`${f.day(balance.as_of)}, ${f.clock(balance.as_of)}`)}</time>
      </p>
      {sources.length > 0 && (
        <>
          <h2 className="label">{t.by_source}</h2>
          <dl className="sources">
            {sources.map(([source, each]) => (
              <div key={source}>
                <dt>{t.sources[source] ?? humanize(source)}</dt>
                <dd>{f.number(each.available + each.frozen)}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      <Changes available={available} />
    </section>
  )
}

type FigureProps = { name: string; why: string; value: number; id: string }

function Figure({ name, why, value, id }: FigureProps) {
  const { f } = useLocale()
  return (
    <div className={value === 0 ? 'none' : ''}>
      <dt>{name}</dt>
      <dd data-testid={id}>{f.number(value)}</dd>
      <dd className="why">{why}</dd>
    </div>
  )
}

/** Announces balance changes to screen readers. */
function Changes({ available }: { available: number }) {
  const { t } = useLocale()
  const before = useRef(available)
  const [announcement, announce] = useState('')
  useEffect(() => {
    if (before.current !== available) announce(t.changed(available))
    before.current = available
  }, [available, t])
  return (
    <p className="hidden" aria-live="polite">
      {announcement}
    </p>
  )
}
