import { Refused } from '../../domain/shared/refusals.ts'
import type { Db } from './command.ts'

/** The result of the command with an operation key and the fingerprint of its request; null if there was none. */
export async function findResult<T>(
  db: Db,
  account_key: string,
  operation_key: string,
): Promise<{ fingerprint: string; result: T } | null> {
  const { rows } = await db.query<{ fingerprint: string; result: T }>({
    name: 'find_result',
    text: 'select fingerprint, result from idempotency_records where account_key = $1 and operation_key = $2',
    values: [account_key, operation_key],
  })
  return rows[0] ?? null
}

/** The response of an HTTP request that no ledger command records. */
type StoredResponse = { status: number; body: unknown }

/**
 * The response stored for an idempotency key; null where there is none.
 * @throws Refused idempotency_key_reused when the key was used with another request
 */
export async function findStoredResponse(
  db: Db,
  product: string,
  key: string,
  fingerprint: string,
): Promise<StoredResponse | null> {
  const { rows } = await db.query<StoredResponse & { fingerprint: string }>({
    name: 'find_stored_response',
    text: 'select status, body, fingerprint from idempotent_responses where product = $1 and idempotency_key = $2',
    values: [product, key],
  })
  const [stored] = rows
  if (!stored) return null
  if (stored.fingerprint !== fingerprint) throw new Refused({ code: 'idempotency_key_reused' })
  return { status: stored.status, body: stored.body }
}

/** Stores a successful response for ever. Refusals are not stored, so that the request can be retried. */
export async function storeResponse(
  db: Db,
  product: string,
  key: string,
  fingerprint: string,
  { status, body }: StoredResponse,
): Promise<void> {
  await db.query({
    name: 'store_response',
    text: `insert into idempotent_responses (product, idempotency_key, fingerprint, status, body) values ($1, $2, $3, $4, $5)
           on conflict do nothing`,
    values: [product, key, fingerprint, status, JSON.stringify(body ?? null)],
  })
}
