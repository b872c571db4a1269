import type { Db } from '../core/command.ts'
import type { Page } from '../ledger/lots/lots.ts'

/** An act of support that is about to be done: who asks for what, and why. No personal data. */
export type ActivityRecord = {
  /** the act's own key; the act was done when the book remembers it */
  operation_key: string
  key_id: string
  who: string
  what: string
  why: string | null
  detail: object
}

/** A line of the trail as the API shows it. */
export type ActivityEntry = {
  id: string
  at: string
  recorded_at: string
  who: string
  key: string
  what: string
  why: string | null
  detail: object
  /** false while it is not done: it was refused, or is under way */
  done: boolean
}

/** Writes who asks for an act, before it is done; the same request again writes nothing. */
export async function insertActivity(
  db: Db,
  { account_key, at }: { account_key: string; at: Date },
  { operation_key, key_id, who, what, why, detail }: ActivityRecord,
): Promise<void> {
  await db.query({
    name: 'note_in_trail',
    text: `insert into trail (account_key, operation_key, key_id, who, what, why, detail, at)
      values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    values: [account_key, operation_key, key_id, who, what, why, JSON.stringify(detail), at],
  })
}

/** What support did with an account, newest first. The cursor is the last line's id. */
export async function listActivity(
  db: Db,
  account_key: string,
  { limit, cursor }: Page,
): Promise<{ data: ActivityEntry[]; next_cursor: string | null }> {
  const { rows } = await db.query<ActivityEntry>(
    `select t.line_no::text as id, iso(t.at) as at, iso(t.recorded_at) as recorded_at, t.who, t.key_id as key, t.what,
       t.why, t.detail, o.operation_key is not null as done
     from trail t left join operations o using (account_key, operation_key)
     where t.account_key = $1 and ($2::bigint is null or t.line_no < $2)
     order by t.line_no desc limit $3`,
    [account_key, cursor ?? null, limit + 1],
  )
  const data = rows.slice(0, limit)
  return { data, next_cursor: rows.length > limit ? (data.at(-1)?.id ?? null) : null }
}
