import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { PreparedRecord } from '../../domain/imports/prepare.ts'
import { accountKey } from '../accounts/account-key.ts'
import type { Db } from '../core/command.ts'
import { checkStaged, type ImportReport, type RejectedLine, reportStaged } from './check.ts'

/** A prepared record with its place in the files. */
export type ImportLine = PreparedRecord & { file: string; line: number; fingerprint: string }

export type Staging = { product: string; import: string; digest: string; as_of: Date }

const BUFFER_BYTES = 65_536

/**
 * Copies the lines of an import into the database, checks them against each other and against what is there, and keeps them if
 * they are to be applied. All of it is one transaction, so that a killed process leaves nothing behind.
 * @param reject called with each line that cannot be applied
 * @param keep decides whether to keep the lines, once all are checked; without it a report is all that remains
 */
export async function stageImport(
  db: Db,
  staging: Staging,
  lines: AsyncIterable<ImportLine>,
  reject: (line: RejectedLine) => void,
  keep: () => boolean,
): Promise<ImportReport> {
  const client = await db.connect()
  let broken: Error | undefined
  try {
    await client.query('begin')
    await copyLines(client, staging, lines)
    await client.query('analyze import_rows')
    for (const line of await checkStaged(client, staging)) reject(line)
    const report = await reportStaged(client, staging)
    if (keep()) await storeImport(client, staging, report)
    await client.query(keep() ? 'commit' : 'rollback')
    return report
  } catch (error) {
    broken = error as Error
    throw error
  } finally {
    // Closing the connection rolls back.
    client.release(broken)
  }
}

async function copyLines(client: PoolClient, staging: Staging, lines: AsyncIterable<ImportLine>): Promise<void> {
  const copy = client.query(
    copyFrom(
      'copy import_rows (product, import, kind, id, account_key, account, file, line, fingerprint, record) from stdin',
    ),
  )
  await pipeline(Readable.from(rowsOf(staging, lines), { objectMode: true, highWaterMark: 1 }), copy)
}

/** In the text format of COPY, many rows to a chunk. */
async function* rowsOf({ product, import: id }: Staging, lines: AsyncIterable<ImportLine>): AsyncGenerator<string> {
  let buffer = ''
  for await (const { kind, id: record, account, file, line, fingerprint, values } of lines) {
    const key = account === null ? null : accountKey(product, account)
    const row = [product, id, kind, record, key, account, file, String(line), fingerprint, JSON.stringify(values)]
    buffer += `${row.map(field).join('\t')}\n`
    if (buffer.length < BUFFER_BYTES) continue
    yield buffer
    buffer = ''
  }
  yield buffer
}

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

function field(text: string | null): string {
  return text === null ? '\\N' : text.replaceAll(/[\\\t\n\r]/g, character => escapes[character] ?? character)
}

/** Stored with its lines, so that it can go on after a kill. */
async function storeImport(client: PoolClient, staging: Staging, report: ImportReport): Promise<void> {
  await client.query(
    `insert into imports (product, import, digest, as_of, state, report) values ($1, $2, $3, $4, 'applying', $5)`,
    [staging.product, staging.import, staging.digest, staging.as_of, JSON.stringify(report)],
  )
}

/** The id of the next import of these records: they may be imported again after it was undone. */
export async function nextImportId(db: Db, product: string, digest: string): Promise<string> {
  const { rows } = await db.query<{ before: number }>(
    'select count(*) as before from imports where product = $1 and digest = $2',
    [product, digest],
  )
  const before = rows[0]?.before ?? 0
  const id = `imp_${digest.slice(0, 24)}`
  return before === 0 ? id : `${id}_${before + 1}`
}
