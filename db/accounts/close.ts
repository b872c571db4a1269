import { type Command, command, type Db, type Replayable, type Totals } from '../core/command.ts'

/** What must have ended before an account can be closed, by the ids of their workflows' business keys. */
export type OpenWork = { kind: 'generation' | 'membership' | 'purchase'; id: string }

/** What of an account is still under way. */
export async function openWorkOf(db: Db, account_key: string): Promise<OpenWork[]> {
  const { rows } = await db.query<OpenWork>(
    `select 'generation' as kind, generation as id from holds where account_key = $1 and state = 'reserved'
     union all
     select 'membership', membership from memberships where account_key = $1 and status->>'state' <> 'ended'
     union all
     select 'purchase', purchase from purchases where account_key = $1
       and (status->>'state' in ('awaiting_payment', 'paid', 'fulfilling', 'delayed')
         or (jsonb_typeof(status->'given') = 'object' and not (status->>'closed')::boolean))
     order by 1, 2`,
    [account_key],
  )
  return rows
}

/**
 * Closes an account: its credits expire, its codes die, and everything personal is erased, in one transaction. The ledger
 * stays, under the account's key as a pseudonym, and verifies as before (KV-08).
 */
export function closeAccount(
  db: Db,
  which: Omit<Command, 'operation_key'>,
): Promise<{ expired: number; totals: Totals } & Replayable> {
  return command(db, 'close_account', { ...which, operation_key: CLOSING }, CLOSING, {})
}

/** The operation key of closing. */
export const CLOSING = 'close'
