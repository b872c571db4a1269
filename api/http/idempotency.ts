import { createHash } from 'node:crypto'
import type { Db } from '../../db/core/command.ts'
import { Refused } from '../../domain/shared/refusals.ts'

export type StoredResponse = { status: number; body: unknown }

/**
 * The answer that a request with this key got before, for requests whose memory is not the book itself.
 * @throws Refused idempotency_key_reused when the key came with another request
 */
export async function findStoredResponse(
  db: Db,
  product: string,
  key: string,
  fingerprint: string,
): Promise<StoredResponse | null> {
  const { rows } = await db.query<StoredResponse & { fingerprint: string }>({
    name: 'recall_answer',
    text: 'select status, body, fingerprint from answers where product = $1 and idempotency_key = $2',
    values: [product, key],
  })
  const [stored] = rows
  if (!stored) return null
  if (stored.fingerprint !== fingerprint) throw new Refused({ code: 'idempotency_key_reused' })
  return { status: stored.status, body: stored.body }
}

/** Remembers a success for good; a refusal is not remembered, so that it may be tried again. */
export async function storeResponse(
  db: Db,
  product: string,
  key: string,
  fingerprint: string,
  { status, body }: StoredResponse,
): Promise<void> {
  await db.query({
    name: 'remember_answer',
    text: `insert into answers (product, idempotency_key, fingerprint, status, body) values ($1, $2, $3, $4, $5)
           on conflict do nothing`,
    values: [product, key, fingerprint, status, JSON.stringify(body ?? null)],
  })
}

/** An id that belongs to one request: the same key again gives the same id. */
export function deriveId(prefix: string, ...parts: string[]): string {
  const digest = createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 24)
  return `${prefix}_${digest}`
}
