import { useState } from 'react'
import type { View } from '../../../shared/live-view.ts'
import { useLocale } from '../../../shared/locale.ts'
import { Chart } from './chart.tsx'
import { type Bar, dayBars, dayIn, monthBars } from './usage-bars.ts'

const ranges = ['days', 'months'] as const
type Range = (typeof ranges)[number]

/** Credits spent by day or month, as a chart and a table. */
export function Usage({ view }: { view: View }) {
  const { t, f } = useLocale()
  const [range, setRange] = useState<Range>('days')
  const zone = view.account.time_zone
  const today = dayIn(zone, view.overview.as_of)
  const bars = range === 'days' ? dayBars(view.usage, today) : monthBars(view.usage, today)
  const nameOf = (bar: Bar) => (range === 'days' ? f.longDay(bar.key) : f.month(bar.key))
  const tickOf = (bar: Bar) => (range === 'days' ? f.shortDay(bar.key) : f.month(bar.key))
  const spent = sum(bars, 'spent')
  return (
    <section aria-labelledby="usage-title">
      <div className="heading">
        <h2 id="usage-title">{t.usage}</h2>
        <fieldset className="switch">
          <legend className="hidden">{t.usage_range}</legend>
          {ranges.map(each => (
            <label key={each}>
              <input type="radio" name="range" value={each} checked={range === each} onChange={() => setRange(each)} />
              <span>{each === 'days' ? t.usage_days : t.usage_months}</span>
            </label>
          ))}
        </fieldset>
      </div>
      <p className="soft">{spent === 0 ? t.usage_empty : t.usage_sum(spent, sum(bars, 'count'))}</p>
      <div className="usage">
        <Chart bars={bars} nameOf={nameOf} tickOf={tickOf} />
        <Table bars={bars} nameOf={nameOf} />
      </div>
    </section>
  )
}

function Table({ bars, nameOf }: { bars: Bar[]; nameOf: (bar: Bar) => string }) {
  const { t, f } = useLocale()
  const rows = bars.filter(({ count }) => count > 0).toReversed()
  if (rows.length === 0) return null
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
    <section className="scroll" tabIndex={0} aria-label={t.usage_table}>
      <table>
        <caption className="hidden">{t.usage_table}</caption>
        <thead>
          <tr>
            <th scope="col">{t.usage_when}</th>
            <th scope="col">{t.usage_spent}</th>
            <th scope="col">{t.usage_refunded}</th>
            <th scope="col">{t.usage_count}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(bar => (
            <tr key={bar.key}>
              <th scope="row">{nameOf(bar)}</th>
              <td>{f.number(bar.spent)}</td>
              <td>{f.number(bar.refunded)}</td>
              <td>{f.number(bar.count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function sum(bars: Bar[], what: 'spent' | 'count'): number {
  return bars.reduce((total, bar) => total + bar[what], 0)
}
