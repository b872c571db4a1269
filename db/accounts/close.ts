import { type CommandRef, command, type Db, type Replayable, type Totals } from '../core/command.ts'

/** A workflow that must end before its account can be closed, by its business id. */
export type OpenWork = { kind: 'generation' | 'membership' | 'purchase'; id: string }

/** A closure signals so many workflows at once; Temporal allows 2,000. */
const MOST_SIGNALLED = 1_000

/** The open workflows of an account, or the first thousand. */
export async function listOpenWork(db: Db, account_key: string): Promise<OpenWork[]> {
  const { rows } = await db.query<OpenWork>(
    `select 'generation' as kind, generation as id from holds where account_key = $1 and state = 'reserved'
     union all
     select 'membership', membership from memberships where account_key = $1
       and (status->>'state' <> 'ended' or status->'subscription_change' is not null)
     union all
     select 'purchase', purchase from purchases where account_key = $1
       and (status->>'state' in ('awaiting_payment', 'paid', 'fulfilling', 'delayed')
         or (jsonb_typeof(status->'given') = 'object' and not (status->>'closed')::boolean))
     order by 1, 2 limit $2`,
    [account_key, MOST_SIGNALLED],
  )
  return rows
}

/** Records that an account is to be closed, so that its closure is started again if its workflow is lost. */
export async function requestClosure(db: Db, account_key: string, at: Date): Promise<void> {
  await db.query('update accounts set closing_at = $2 where account_key = $1 and closing_at is null', [account_key, at])
}

/** Accounts whose closing was requested, in no particular order. */
export async function listUnfinishedClosures(
  db: Db,
  limit: number,
): Promise<{ product: string; account_key: string }[]> {
  const { rows } = await db.query<{ product: string; account_key: string }>(
    `select product, account_key from accounts where closing_at is not null and closed_at is null
     order by random() limit $1`,
    [limit],
  )
  return rows
}

/**
 * Closes an account in one transaction: its credits expire and personal data are erased. The ledger stays under the account's
 * key and verifies as before (KV-08).
 */
export function closeAccount(db: Db, ref: CommandRef): Promise<{ expired: number; totals: Totals } & Replayable> {
  return command(db, 'close_account', { ...ref, operation_key: CLOSE_KEY }, CLOSE_KEY, {})
}

/** How many codes that an account bought are not redeemed. They stay valid when it closes. */
export async function countValidCodes(db: Db, account_key: string): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*)::int as n from purchases u join codes c using (product, purchase)
     where u.account_key = $1 and c.state = 'valid'`,
    [account_key],
  )
  return rows[0]?.n ?? 0
}

export const CLOSE_KEY = 'close'
