import { z } from 'zod'
import { named, time } from '../../domain/shared/shapes.ts'
import type { Db } from '../core/command.ts'
import { type Page, type PageRequest, toPage } from '../core/page.ts'

/** An action of support that is about to run. Contains no personal data of customers. */
export type ActivityRecord = {
  /** the action's operation key; the action is done once its result is stored */
  operation_key: string
  key_id: string
  actor: string
  action: string
  reason: string | null
  detail: object
}

/** An entry of the activity log as the API shows it. */
export const activityShape = named('Activity', {
  id: z.string(),
  at: time,
  recorded_at: time,
  actor: z.string().describe('Name of the API key, or of the person who is signed in to the console.'),
  key: z.string().describe('Id of the API key or the person.'),
  action: z.string(),
  reason: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
  done: z.boolean().describe('false when the action was refused or is still in progress.'),
})
export type ActivityEntry = z.infer<typeof activityShape>

/** Records an action before it runs; repeating it writes nothing. */
export async function insertActivity(
  db: Db,
  { account_key, at }: { account_key: string; at: Date },
  { operation_key, key_id, actor, action, reason, detail }: ActivityRecord,
): Promise<void> {
  await db.query({
    name: 'insert_activity',
    text: `insert into activity_log (account_key, operation_key, key_id, actor, action, reason, detail, at)
      values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    values: [account_key, operation_key, key_id, actor, action, reason, JSON.stringify(detail), at],
  })
}

/** The activity log of an account, newest first. The cursor is the last entry's id. */
export async function listActivity(
  db: Db,
  account_key: string,
  { limit, cursor }: PageRequest,
): Promise<Page<ActivityEntry>> {
  const { rows } = await db.query<ActivityEntry>(
    `select t.log_no::text as id, iso(t.at) as at, iso(t.recorded_at) as recorded_at, t.actor, t.key_id as key,
       t.action, t.reason, t.detail, o.operation_key is not null as done
     from activity_log t left join idempotency_records o using (account_key, operation_key)
     where t.account_key = $1 and ($2::bigint is null or t.log_no < $2)
     order by t.log_no desc limit $3`,
    [account_key, cursor ?? null, limit + 1],
  )
  return toPage(rows, limit, last => last.id)
}
