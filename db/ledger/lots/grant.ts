import { type Command, command, type Db, type Replayable, type Totals } from '../../core/command.ts'
import type { Lot } from './lots.ts'

export type Grant = {
  source: string
  amount: number
  expires_at: Date | null
  members_only: boolean
  /** the lot's place in the order of use, see spendKey */
  spend_key: string
  /** what it was given for, such as {type: 'support', id: the request} */
  origin: { type: string; id: string }
  reason: string
  /** the policy's version and words under which it is given; they stay with the lot */
  terms: object
  /** the expiry that the caller asked for, as opposed to the one the policy gave */
  stated_expiry?: Date | null
  api_key?: string | undefined
}

/** Adds a lot of credits to an account. @throws Refused not_found, account_closed or idempotency_key_reused */
export function grant(
  db: Db,
  which: Command,
  grant: Grant,
): Promise<{ lot: Lot; totals: Totals } & Replayable> {
  const { source, amount, reason, origin, stated_expiry } = grant
  return command(db, 'grant_lot', which, { source, amount, reason, origin, stated_expiry }, grant)
}
