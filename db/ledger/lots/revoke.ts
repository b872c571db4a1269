import { type Command, command, type Db, type Replayable, type Totals } from '../../core/command.ts'

export type Revocation = { source: string; amount: number; reason: string; api_key?: string }

/**
 * Takes credits of a source away by hand, those first that would be spent last (BR-06).
 * @throws Refused insufficient_credits {required, available, frozen} where fewer of that source are there
 */
export function revoke(
  db: Db,
  which: Command,
  revocation: Revocation,
): Promise<{ totals: Totals } & Replayable> {
  const { source, amount, reason } = revocation
  return command(db, 'revoke', which, { source, amount: -amount, reason }, revocation)
}
