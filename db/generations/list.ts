import type { Db } from '../core/command.ts'
import { decodeCursor, encodeCursor, type Page, type PageRequest, toPage } from '../core/page.ts'
import type { Generation } from './generations.ts'

/** PostgreSQL's text of the time, since JavaScript's has no microseconds, and the generation's id. */
const cursorPattern = /^(?<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?\+00) (?<id>[\x21-\x7e]{1,200})$/

/** The generations of an account, newest first. */
export async function listGenerations(
  db: Db,
  account_key: string,
  { limit, cursor }: PageRequest,
): Promise<Page<Generation>> {
  const { time, id } = decodeCursor(cursor, cursorPattern)
  const { rows } = await db.query<{ generation: Generation; cursor: string }>(
    `select generation_view(h, a.account) as generation, h.reserved_at::text || ' ' || h.generation as cursor
     from holds h join accounts a using (account_key)
     where h.account_key = $1 and ($2::text is null or (h.reserved_at, h.generation) < ($2::timestamptz, $3))
     order by h.reserved_at desc, h.generation desc limit $4`,
    [account_key, time ?? null, id ?? null, limit + 1],
  )
  const { data, next_cursor } = toPage(rows, limit, last => encodeCursor(last.cursor))
  return { data: data.map(({ generation }) => generation), next_cursor }
}

/** The reserved generations of an account, by deadline. */
export async function openHolds(db: Db, account_key: string, limit: number): Promise<Generation[]> {
  const { rows } = await db.query<{ generation: Generation }>(
    `select generation_view(h, a.account) as generation from holds h join accounts a using (account_key)
     where h.account_key = $1 and h.state = 'reserved' order by h.deadline limit $2`,
    [account_key, limit],
  )
  return rows.map(({ generation }) => generation)
}
