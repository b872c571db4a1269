import { hash } from 'node:crypto'
import type { Pool } from 'pg'
import { type Refusal, Refused } from '../../domain/shared/refusals.ts'

/** The connections to the book. */
export type Db = Pool

/** What every act on the book is told besides its own arguments. */
export type Command = {
  /** whose book, see accountKey */
  account_key: string
  /** the business key of the act: the same key again returns the first result and changes nothing */
  operation_key: string
  /** when it happens, by the account's clock */
  at: Date
}

/** The totals after an act, in credits: what could be spent at that time, what is held, what is frozen. */
export type Totals = { available: number; held: number; frozen: number; next_expiry: string | null }

/** `replayed` is set when the operation key was known and this is the first result again. */
export type Replayable = { replayed?: true }

/**
 * Sends one act to the book: one round trip, one transaction.
 * @param request what the caller asked for, as opposed to what we computed from it; under a known operation key
 *   another request is an error
 * @throws Refused with the book's refusal; nothing was changed
 */
export async function command<T extends object>(
  db: Db,
  name: string,
  { account_key, operation_key, at }: Command,
  request: unknown,
  args: object,
): Promise<T & Replayable> {
  const { rows } = await db.query<{ result: T & { refusal?: Refusal } }>({
    name,
    text: `select ${name}($1, $2, $3, $4, $5) as result`,
    values: [account_key, operation_key, fingerprint(request), at, JSON.stringify(args)],
  })
  const result = rows[0]?.result
  if (!result) throw new Error(`the book gave no answer to ${name}`)
  if (result.refusal) throw new Refused(result.refusal)
  return result
}

/** A digest of a request that does not depend on the order of its fields. */
export function fingerprint(request: unknown): string {
  return hash('sha256', JSON.stringify(request, sortedFields), 'base64url')
}

function sortedFields(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
