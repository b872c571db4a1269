import { type Command, command, type Db, type Replayable, type Totals } from '../../core/command.ts'
import type { Lot } from './lots.ts'

export type Grant = {
  source: string
  amount: number
  expires_at: Date | null
  members_only: boolean
  /** the lot's position in the spending order, see spendKey */
  spend_key: string
  /** the reason for the grant, such as {type: 'support', id: the request} */
  origin: { type: string; id: string }
  reason: string
  /** the policy's version and terms, stored with the lot */
  terms: object
  /** the expiry that the caller requested, unlike the one from the policy */
  stated_expiry?: Date | null
  api_key?: string | undefined
}

/** Adds a lot of credits to an account. @throws Refused not_found, account_closed or idempotency_key_reused */
export function grant(db: Db, ref: Command, grant: Grant): Promise<{ lot: Lot; totals: Totals } & Replayable> {
  const { source, amount, reason, origin, stated_expiry } = grant
  return command(db, 'grant_lot', ref, { source, amount, reason, origin, stated_expiry }, grant)
}

type Revocation = { source: string; amount: number; reason: string; api_key?: string }

/**
 * Revokes credits of a source, last in spending order first (BR-06).
 * @throws Refused insufficient_credits {required, available, frozen} if the source has fewer
 */
export function revoke(db: Db, ref: Command, revocation: Revocation): Promise<{ totals: Totals } & Replayable> {
  const { source, amount, reason } = revocation
  return command(db, 'revoke', ref, { source, amount: -amount, reason }, revocation)
}
