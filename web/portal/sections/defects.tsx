import { useEffect, useState } from 'react'
import type { Defect, Listing } from '../../shared/api-types.ts'
import { callApi } from '../../shared/call-api.ts'
import { humanize } from '../../shared/format.ts'
import type { View } from '../../shared/live-view.ts'
import { useLocale } from '../../shared/locale.ts'
import { Moment, Problem } from '../../shared/parts.tsx'

const SHOWN = 5

/** The reports of faulty images, each with image, reason and state (LS-23). Left out while there are none. */
export function Defects({ view }: { view: View }) {
  const { t } = useLocale()
  const [pages, setPages] = useState<Listing<Defect>[]>([])
  const [failed, setFailed] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a newer view may have newer reports
  useEffect(() => {
    loadDefects().then(
      page => setPages([page]),
      () => undefined,
    )
  }, [view])
  const cursor = pages.at(-1)?.next_cursor
  const more = () =>
    loadDefects(cursor).then(
      page => setPages([...pages, page]),
      () => setFailed(true),
    )
  const defects = pages.flatMap(({ data }) => data)
  if (defects.length === 0) return null
  return (
    <section aria-labelledby="defects-title">
      <h2 id="defects-title">{t.defects}</h2>
      <ul className="history transactions">
        {defects.map(({ id, operation, items, reason, state, reported_at }) => (
          <li key={id}>
            <p>
              <strong>{humanize(operation)}</strong>,{' '}
              {items ? t.defect_items(items.map(index => index + 1)) : t.defect_all}{' '}
              <span className="tag">{t.defect_states[state]}</span>
              {reason && <span className="block">{reason}</span>}
              <span className="soft block">
                <Moment at={reported_at} />
              </span>
            </p>
          </li>
        ))}
      </ul>
      {cursor && (
        <button type="button" onClick={more}>
          {t.defects_more}
        </button>
      )}
      <Problem text={failed ? t.problem : null} />
    </section>
  )
}

function loadDefects(cursor: string | null = null): Promise<Listing<Defect>> {
  return callApi(`/defects?limit=${SHOWN}${cursor ? `&cursor=${cursor}` : ''}`)
}
