import type { Result } from './results.ts'

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
