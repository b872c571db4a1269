import type { Sample } from './load.ts'

/** More is better of what is counted per second, less of the others. */
type Unit = '/s' | 'ms' | 'MB' | 'kB' | 'bytes' | 'events' | 'rows' | '% of a CPU'

/** One line of the result: what was measured, beside what. */
export type Row = {
  name: string
  /** what it is measured against */
  against: string
  unit: Unit
  value: number
  yardstick: number
  /** value / yardstick, the median over the rounds */
  ratio: number
  /** the ratio of each round: how far they lie apart says how far to trust the median */
  rounds: number[]
  /** the ratio to reach, at least for what is counted per second, at most for times; null where none is set yet */
  goal: number | null
  ok: boolean | null
  /** latencies of what is measured, in milliseconds; null where nothing is waited for */
  p50: number | null
  p95: number | null
  p99: number | null
}

type Heading = Pick<Row, 'name' | 'against' | 'goal'>

/** Pieces of work per second. */
export function throughputRow(heading: Heading, ours: Sample[], theirs: Sample[]): Row {
  return row(heading, '/s', ours, theirs, sample => sample.per_second)
}

/** How long a piece of work takes, at a quantile of all of them. */
export function latencyRow(heading: Heading, quantile: number, ours: Sample[], theirs: Sample[]): Row {
  return row(heading, 'ms', ours, theirs, sample => at(quantile, sample.latencies_ms))
}

/** What a process takes of the machine for a piece of work. */
export function cpuRow(heading: Heading, ours: Sample[], theirs: Sample[]): Row {
  const latencies = { p50: null, p95: null, p99: null }
  return { ...row(heading, 'ms', ours, theirs, sample => sample.cpu_ms ?? Number.NaN), ...latencies }
}

/** Something that is only counted. */
export function factRow(name: string, unit: Unit, value: number): Row {
  return { ...limitRow(name, unit, value, value), against: '', goal: null, ok: null }
}

/** Something that is measured once, beside what it may be at most. */
export function limitRow(name: string, unit: Unit, value: number, limit: number): Row {
  const ratio = value / limit
  const latencies = { p50: null, p95: null, p99: null }
  const verdict = { ratio, rounds: [ratio], goal: 1, ok: ratio <= 1 }
  return { name, against: 'limit', unit, value, yardstick: limit, ...verdict, ...latencies }
}

function row(
  heading: Heading,
  unit: Row['unit'],
  ours: Sample[],
  theirs: Sample[],
  figure: (s: Sample) => number,
): Row {
  const rounds = ours.map((sample, round) => figure(sample) / figure(theirs[round] as Sample))
  const ratio = median(rounds)
  const { goal } = heading
  const isWaitedFor = ours.some(sample => sample.latencies_ms.length > 0)
  const over = (quantile: number) =>
    isWaitedFor ? median(ours.map(sample => at(quantile, sample.latencies_ms))) : null
  return {
    ...heading,
    unit,
    value: median(ours.map(figure)),
    yardstick: median(theirs.map(figure)),
    ratio,
    rounds,
    ok: goal === null ? null : unit === '/s' ? ratio >= goal : ratio <= goal,
    p50: over(0.5),
    p95: over(0.95),
    p99: over(0.99),
  }
}

function median(values: number[]): number {
  return at(0.5, values)
}

/** The value below which this part of the values lies. */
function at(quantile: number, values: number[]): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(quantile * sorted.length))] ?? Number.NaN
}
