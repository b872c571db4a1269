import { useLocale } from './locale.ts'

const WIDTH = 640
const HEIGHT = 200
const BOTTOM = 26
const LEFT = 40
const TOP = 10

/** One bar: a number of credits, the name of its time, and that name in short. */
export type ChartBar = { key: string; value: number; name: string; tick: string }

/** Bar chart of credits over time. A table beside it has every number. @param label what it shows, in words */
export function BarChart({ bars, label }: { bars: ChartBar[]; label: string }) {
  const { t, f } = useLocale()
  const top = axisMaximum(Math.max(...bars.map(({ value }) => value)))
  const step = (WIDTH - LEFT) / bars.length
  const y = (value: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top)
  const ticks = [bars[0], bars[Math.floor(bars.length / 2)], bars.at(-1)]
  return (
    <svg className="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {[0, top / 2, top].map(value => (
        <g key={value}>
          <line x1={LEFT} x2={WIDTH} y1={y(value)} y2={y(value)} className="grid" />
          <text x={LEFT - 8} y={y(value) + 4} textAnchor="end">
            {f.number(value)}
          </text>
        </g>
      ))}
      {bars.map((bar, index) => (
        <rect
          key={bar.key}
          className="bar"
          x={LEFT + index * step + step * 0.14}
          width={step * 0.72}
          y={y(bar.value)}
          height={y(0) - y(bar.value)}
          rx={Math.min(2, step * 0.2)}
        >
          <title>{`${bar.name}: ${t.credits(bar.value)}`}</title>
        </rect>
      ))}
      {ticks.map((bar, index) =>
        bar ? (
          <text
            key={bar.key}
            y={HEIGHT - 6}
            x={index === 0 ? LEFT : index === 1 ? LEFT + (WIDTH - LEFT) / 2 : WIDTH}
            textAnchor={index === 0 ? 'start' : index === 1 ? 'middle' : 'end'}
          >
            {bar.tick}
          </text>
        ) : null,
      )}
    </svg>
  )
}

/** The next round, even number at or above the largest value. */
function axisMaximum(most: number): number {
  const size = 10 ** Math.floor(Math.log10(Math.max(most, 2)))
  const found = [1, 2, 4, 6, 8, 10].map(factor => factor * size).find(top => top >= most && top % 2 === 0)
  return Math.max(found ?? size * 20, 2)
}
