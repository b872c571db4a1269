import { isInstant } from '../../domain/shared/calendar.ts'
import { invalidRequest } from '../../domain/shared/refusals.ts'
import type { Db } from '../core/command.ts'
import type { Page } from '../ledger/lots/lots.ts'
import type { Generation } from './generations.ts'

/** The generations of an account with what each cost and why, newest first. The cursor is the last one's time and id. */
export async function listGenerations(
  db: Db,
  account_key: string,
  { limit, cursor }: Page,
): Promise<{ data: Generation[]; next_cursor: string | null }> {
  const after = cursor === undefined ? null : readCursor(cursor)
  const { rows } = await db.query<{ generation: Generation; cursor: string }>(
    `select generation_view(h, a.account) as generation, h.reserved_at::text || ' ' || h.generation as cursor
     from holds h join accounts a using (account_key)
     where h.account_key = $1 and ($2::text is null or (h.reserved_at, h.generation) < ($2::timestamptz, $3))
     order by h.reserved_at desc, h.generation desc limit $4`,
    [account_key, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  )
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    data: rows.slice(0, limit).map(row => row.generation),
    next_cursor: last ? Buffer.from(last.cursor).toString('base64url') : null,
  }
}

/** The generations of an account that hold credits, those first whose time is over first. */
export async function openHolds(db: Db, account_key: string, limit: number): Promise<Generation[]> {
  const { rows } = await db.query<{ generation: Generation }>(
    `select generation_view(h, a.account) as generation from holds h join accounts a using (account_key)
     where h.account_key = $1 and h.state = 'reserved' order by h.deadline limit $2`,
    [account_key, limit],
  )
  return rows.map(({ generation }) => generation)
}

/** PostgreSQL's own text of the time: JavaScript's has no microseconds. */
function readCursor(cursor: string): [reservedAt: string, generation: string] {
  const text = Buffer.from(cursor, 'base64url').toString()
  const [, at, generation] =
    /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?\+00) ([\x21-\x7e]{1,200})$/.exec(text) ?? []
  if (!at || !generation || !isInstant(at)) throw invalidRequest('cursor', 'is not a cursor of this list')
  return [at, generation]
}
