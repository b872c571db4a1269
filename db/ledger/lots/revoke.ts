import { type Command, command, type Db, type Replayable, type Totals } from '../../core/command.ts'

export type Revocation = { source: string; amount: number; reason: string; api_key?: string }

/**
 * Revokes credits of a source, last in spending order first (BR-06).
 * @throws Refused insufficient_credits {required, available, frozen} if the source has fewer
 */
export function revoke(db: Db, ref: Command, revocation: Revocation): Promise<{ totals: Totals } & Replayable> {
  const { source, amount, reason } = revocation
  return command(db, 'revoke', ref, { source, amount: -amount, reason }, revocation)
}
