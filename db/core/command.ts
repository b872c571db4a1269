import { hash } from 'node:crypto'
import type { Pool } from 'pg'
import { invalidRequest, type Refusal, Refused } from '../../domain/shared/refusals.ts'
import { asSpan } from './span.ts'

/** A pool of connections to the database. */
export type Db = Pool

/** The arguments that every command has in common. */
export type Command = {
  /** see accountKey */
  account_key: string
  /** the business key of the command: repeating it returns the first result and changes nothing */
  operation_key: string
  /** the time of the command by the account's clock */
  at: Date
}

/** The account and time of a command whose operation key is derived from its arguments. */
export type CommandRef = Omit<Command, 'operation_key'>

/** An account's credits after a command. */
export type Totals = { available: number; held: number; frozen: number; next_expiry: string | null }

/** `replayed` is set when the operation key was known and the first result is returned again. */
export type Replayable = { replayed?: true }

/**
 * Runs a command: one SQL function, one round trip, one transaction.
 * @param request the caller's request, without values computed from it; another request under a known operation key is an
 *   error
 * @throws Refused with the ledger's refusal; nothing was changed
 */
export async function command<T extends object>(
  db: Db,
  name: string,
  { account_key, operation_key, at }: Command,
  request: unknown,
  args: object,
  { onClosedAccounts = false }: { onClosedAccounts?: boolean } = {},
): Promise<T & Replayable> {
  const { rows } = await asSpan(name, () =>
    db.query<{ result: T & { refusal?: Refusal } }>({
      name,
      text: `select coalesce(c.early, (
          select finish_command(r.acc, $2, $3, $4, r.result) from ${name}(c.acc, $2, $4, $5) r)) as result
        from begin_command($1, $2, $3, $6) c`,
      values: [account_key, operation_key, fingerprint(request), at, JSON.stringify(args), onClosedAccounts],
    }),
  )
  const result = rows[0]?.result
  if (!result) throw new Error(`${name} returned no result`)
  if (result.refusal) throw new Refused(result.refusal)
  return result
}

/** For `catch`: a violation of a unique index as a refusal of a field. */
export function refuseDuplicate(index: string, path: string, message: string): (error: unknown) => never {
  return error => {
    const { code, constraint } = error as { code?: string; constraint?: string }
    throw code === '23505' && constraint === index ? invalidRequest(path, message) : error
  }
}

/** A hash of a request, independent of the order of its fields. */
export function fingerprint(request: unknown): string {
  return hash('sha256', JSON.stringify(request, sortedFields), 'base64url')
}

function sortedFields(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
