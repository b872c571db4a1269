import { BarChart } from '../../../shared/bar-chart.tsx'
import { useLocale } from '../../../shared/locale.ts'
import type { Bar } from './usage-bars.ts'

type Props = { bars: Bar[]; nameOf: (bar: Bar) => string; tickOf: (bar: Bar) => string }

/** Bar chart of credits spent; its label summarises it. */
export function Chart({ bars, nameOf, tickOf }: Props) {
  const { t } = useLocale()
  const first = bars[0] as Bar
  const most = bars.reduce((best, bar) => (bar.spent > best.spent ? bar : best), first)
  const spent = bars.reduce((total, bar) => total + bar.spent, 0)
  const label = t.usage_chart(nameOf(first), nameOf(bars.at(-1) ?? first), spent, nameOf(most), most.spent)
  const shown = bars.map(bar => ({ key: bar.key, value: bar.spent, name: nameOf(bar), tick: tickOf(bar) }))
  return <BarChart bars={shown} label={label} />
}
