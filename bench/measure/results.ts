import type { Sample } from './load.ts'

type Unit = '/s' | 'ms' | 'MB' | 'kB' | 'bytes' | 'events' | '% of a CPU'

/** One row of the result table. */
export type Result = {
  name: string
  /** the baseline in words */
  against: string
  unit: Unit
  value: number
  baseline: number
  /** value / baseline, the median over the rounds */
  ratio: number
  /** ratio of each round; their spread shows how reliable the median is */
  rounds: number[]
  /** minimum ratio of throughput, maximum ratio of everything else; null if none is set */
  goal: number | null
  /** whether the goal is reached */
  ok: boolean | null
  /** latencies in milliseconds; null if no caller waits */
  p50: number | null
  p95: number | null
  p99: number | null
}

type Heading = Pick<Result, 'name' | 'against' | 'goal'>

const noLatencies = { p50: null, p95: null, p99: null }

/** Operations per second. */
export function throughput(heading: Heading, ours: Sample[], baseline: Sample[]): Result {
  return compared(heading, '/s', ours, baseline, sample => sample.per_second)
}

export function latency(heading: Heading, quantile: number, ours: Sample[], baseline: Sample[]): Result {
  return compared(heading, 'ms', ours, baseline, sample => quantileOf(quantile, sample.latencies_ms))
}

/** CPU time per operation. */
export function cpu(heading: Heading, ours: Sample[], baseline: Sample[]): Result {
  const result = compared(heading, 'ms', ours, baseline, sample => sample.cpu_ms ?? Number.NaN)
  return { ...result, ...noLatencies }
}

/** A single measurement without baseline. */
export function metric(name: string, unit: Unit, value: number): Result {
  return { ...limited(name, unit, value, value), against: '', goal: null, ok: null }
}

/** A single measurement with an upper limit. */
export function limited(name: string, unit: Unit, value: number, limit: number): Result {
  const ratio = value / limit
  const verdict = { ratio, rounds: [ratio], goal: 1, ok: ratio <= 1 }
  return { name, against: 'limit', unit, value, baseline: limit, ...verdict, ...noLatencies }
}

function compared(
  heading: Heading,
  unit: Unit,
  ours: Sample[],
  baseline: Sample[],
  figure: (sample: Sample) => number,
): Result {
  const rounds = ours.map((sample, round) => figure(sample) / figure(baseline[round] as Sample))
  const ratio = median(rounds)
  const { goal } = heading
  const hasLatencies = ours.some(sample => sample.latencies_ms.length > 0)
  const percentile = (quantile: number) =>
    hasLatencies ? median(ours.map(sample => quantileOf(quantile, sample.latencies_ms))) : null
  return {
    ...heading,
    unit,
    value: median(ours.map(figure)),
    baseline: median(baseline.map(figure)),
    ratio,
    rounds,
    ok: goal === null ? null : unit === '/s' ? ratio >= goal : ratio <= goal,
    p50: percentile(0.5),
    p95: percentile(0.95),
    p99: percentile(0.99),
  }
}

function median(values: number[]): number {
  return quantileOf(0.5, values)
}

function quantileOf(quantile: number, values: number[]): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(quantile * sorted.length))] ?? Number.NaN
}

const headings = [
  'benchmark',
  'compared with',
  'value',
  'baseline',
  'ratio',
  'goal',
  'met',
  'p50 ms',
  'p95 ms',
  'p99 ms',
]

/** Formats results as an aligned text table. */
export function table(results: Result[]): string {
  const lines = [headings, ...results.map(cells)]
  const widths = headings.map((_, column) => Math.max(...lines.map(line => line[column]?.length ?? 0)))
  return lines
    .map(line =>
      line
        .map((cell, column) => pad(cell, widths[column] ?? 0, column))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function cells({ name, against, unit, value, baseline, ratio, goal, ok, p50, p95, p99 }: Result): string[] {
  return [
    name,
    against,
    ...[value, baseline].map(figure => `${round(figure)} ${unit}`),
    ratio.toFixed(2),
    goal === null ? '' : `${unit === '/s' ? '≥' : '≤'} ${goal}`,
    ok === null ? '' : ok ? 'yes' : 'NO',
    ...[p50, p95, p99].map(ms => (ms === null ? '' : round(ms))),
  ]
}

function pad(cell: string, width: number, column: number): string {
  return column < 2 ? cell.padEnd(width) : cell.padStart(width)
}

function round(figure: number): string {
  return figure >= 100 ? figure.toFixed(0) : figure.toFixed(figure >= 10 ? 1 : 2)
}
