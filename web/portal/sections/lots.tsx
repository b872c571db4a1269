import type { Lot } from '../../shared/api-types.ts'
import { humanize } from '../../shared/format.ts'
import type { View } from '../../shared/live-view.ts'
import { useLocale } from '../../shared/locale.ts'

/** Lots in spending order. */
export function Lots({ view }: { view: View }) {
  const { t } = useLocale()
  return (
    <section aria-labelledby="lots-title">
      <h2 id="lots-title">{t.lots}</h2>
      <Strip lots={view.lots} />
      {view.lots.length === 0 && <p className="soft">{t.lots_none}</p>}
      <ol className="lots">
        {view.lots.map((lot, place) => (
          <LotRow key={lot.id} lot={lot} place={place + 1} now={view.overview.as_of} />
        ))}
      </ol>
    </section>
  )
}

function LotRow({ lot, place, now }: { lot: Lot; place: number; now: string }) {
  const { t, f } = useLocale()
  return (
    <li className={lot.frozen ? 'frozen' : ''}>
      <span className="place" role="img" aria-label={t.lot_place(place)}>
        {f.number(place)}
      </span>
      <div className="what">
        <strong>{t.sources[lot.source] ?? humanize(lot.source)}</strong>
        {lot.frozen && <span className="tag">{t.lot_frozen}</span>}
        {lot.held > 0 && <span className="tag">{t.lot_held(lot.held)}</span>}
      </div>
      <span className="rest">{t.lot_rest(lot.available, lot.granted)}</span>
      <span className="when">
        {lot.expires_at ? (
          <>
            <time dateTime={lot.expires_at}>{t.lot_expires(f.moment(lot.expires_at))}</time>
            <span className="soft"> · {f.distance(lot.expires_at, now)}</span>
          </>
        ) : (
          t.lot_forever
        )}
      </span>
    </li>
  )
}

const GAP = 0.4

/** A bar with each lot's share of the available credits, in spending order. */
function Strip({ lots }: { lots: Lot[] }) {
  const { t } = useLocale()
  const open = lots.filter(({ frozen, available }) => !frozen && available > 0)
  const sum = open.reduce((total, { available }) => total + available, 0)
  if (open.length < 2) return null
  let x = 0
  return (
    <svg className="strip" viewBox="0 0 100 3" preserveAspectRatio="none" role="img" aria-label={t.lot_order}>
      {open.map(({ id, available }, index) => {
        const width = (available / sum) * 100
        const left = x
        x += width
        return (
          <rect
            key={id}
            x={left}
            y={0}
            width={Math.max(width - GAP, 0.3)}
            height={3}
            className={`shade-${index % 4}`}
          />
        )
      })}
    </svg>
  )
}
