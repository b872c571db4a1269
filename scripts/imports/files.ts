import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { parse } from 'csv-parse'
import type { ReadLine } from '../../db/imports/lines.ts'
import { type ImportKind, importRecords } from '../../domain/imports/records.ts'

/** A file of an import: its name begins with the kind of its records, such as lots.csv or lots-2026.jsonl. */
export type ImportFile = { path: string; name: string; kind: ImportKind; format: 'csv' | 'jsonl' }

const kinds = Object.keys(importRecords) as ImportKind[]
const fileName = new RegExp(`^(${kinds.join('|')})\\b.*\\.(csv|jsonl)$`)

/** The files of a folder in the order in which they are read. @throws Error if there are none, or others among them */
export async function importFiles(folder: string): Promise<ImportFile[]> {
  const names = (await readdir(folder)).filter(name => !name.startsWith('.') && !name.endsWith('.md')).sort()
  const files = names.map(name => {
    const [, kind, format] = fileName.exec(name) ?? []
    if (!kind)
      throw new Error(
        `${path.join(folder, name)}: its name must begin with ${kinds.join(', ')} and end in .csv or .jsonl.`,
      )
    return { path: path.join(folder, name), name, kind: kind as ImportKind, format: format as ImportFile['format'] }
  })
  if (files.length === 0) throw new Error(`${folder} has no files such as lots.csv or accounts.jsonl.`)
  return files
}

/** A hash of the files, by which the same import is recognised. */
export async function digestOf(files: ImportFile[]): Promise<string> {
  const hash = createHash('sha256')
  for (const file of files) {
    hash.update(`${file.name}\0`)
    for await (const chunk of createReadStream(file.path)) hash.update(chunk)
  }
  return hash.digest('hex')
}

/** The lines of all files. Empty cells are left out; a line that cannot be read has a reason. */
export async function* readLines(files: ImportFile[]): AsyncGenerator<ReadLine> {
  for (const file of files) yield* file.format === 'csv' ? csvLines(file) : jsonLines(file)
}

async function* csvLines({ path: source, name: file, kind }: ImportFile): AsyncGenerator<ReadLine> {
  const parser = createReadStream(source).pipe(
    parse({ bom: true, columns: true, info: true, trim: true, skip_empty_lines: true, relax_column_count: true }),
  )
  const rows = parser as AsyncIterable<CsvRow>
  for await (const { record, info } of rows) {
    const at = { file, line: info.lines, kind }
    const cells = info.error?.record.length
    if (cells === undefined) yield { ...at, value: withoutBlanks(record) }
    else yield { ...at, reason: `has ${cells} cells, and the header has ${info.columns.length}` }
  }
}

/** As csv-parse returns it with `info`; `error` of a line with more or fewer cells than the header. */
type CsvRow = {
  record: Record<string, string>
  info: { lines: number; columns: unknown[]; error?: { record: unknown[] } }
}

function withoutBlanks(record: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).filter(([, cell]) => cell !== ''))
}

async function* jsonLines({ path: source, name: file, kind }: ImportFile): AsyncGenerator<ReadLine> {
  let line = 0
  for await (const text of createInterface({ input: createReadStream(source), crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1
    if (text.trim() === '') continue
    try {
      yield { file, line, kind, value: JSON.parse(text) }
    } catch {
      yield { file, line, kind, reason: 'is not JSON' }
    }
  }
}
