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
