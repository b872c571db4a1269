import { styleText } from 'node:util'
import Table from 'cli-table3'

export type Print = (line: string) => void

/** Prints a line to standard output. */
export const print: Print = line => {
  process.stdout.write(`${line}\n`)
}

/** Styles words on a terminal. They stay plain where the output is piped, or NO_COLOR is set. */
export function styled(style: Parameters<typeof styleText>[0], words: string): string {
  return styleText(style, words, { stream: process.stdout })
}

/** Prints data for programs. */
export function printJson(data: unknown): void {
  print(JSON.stringify(data, null, 2))
}

const [vertical, horizontal] = [
  ['left', 'right', 'middle'],
  ['top', 'bottom', 'mid'].flatMap(row => [row, `${row}-mid`, `${row}-left`, `${row}-right`]),
]
/** A table for a script has no lines. */
const withoutLines = Object.fromEntries(
  [...horizontal, ...vertical, 'left-mid', 'mid-mid', 'right-mid'].map(place => [
    place,
    place === 'middle' ? '  ' : '',
  ]),
)

/** Lays rows out in columns; numbers are right-aligned. */
export function table(head: string[], rows: (string | number)[][]): string {
  const isNumber = (column: number) => rows.every(row => typeof row[column] === 'number')
  const laidOut = new Table({
    head: head.map(each => styled('dim', each)),
    colAligns: head.map((_, column) => (isNumber(column) ? 'right' : 'left')),
    chars: withoutLines,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  })
  laidOut.push(...rows)
  return laidOut.toString().replaceAll(/ +$/gm, '')
}
