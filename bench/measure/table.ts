import type { Row } from './results.ts'

const headings = ['what', 'against', 'it', 'that', 'ratio', 'goal', 'ok', 'p50 ms', 'p95 ms', 'p99 ms']

/** The rows for a person to read. */
export function table(rows: Row[]): string {
  const lines = [headings, ...rows.map(cells)]
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

function cells({ name, against, unit, value, yardstick, ratio, goal, ok, p50, p95, p99 }: Row): string[] {
  const wanted = goal === null ? '' : `${unit === '/s' ? '≥' : '≤'} ${goal}`
  const figures = [value, yardstick].map(figure => `${short(figure)} ${unit}`)
  const verdict = ok === null ? '' : ok ? 'yes' : 'NO'
  return [
    name,
    against,
    ...figures,
    ratio.toFixed(2),
    wanted,
    verdict,
    ...[p50, p95, p99].map(ms => (ms === null ? '' : short(ms))),
  ]
}

function pad(cell: string, width: number, column: number): string {
  return column < 2 ? cell.padEnd(width) : cell.padStart(width)
}

function short(figure: number): string {
  return figure >= 100 ? figure.toFixed(0) : figure.toFixed(figure >= 10 ? 1 : 2)
}
