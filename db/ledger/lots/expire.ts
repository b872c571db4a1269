import { type CommandRef, command, type Db, type Totals } from '../../core/command.ts'

/**
 * Adds the entries of expired credits. Every command does so for its account first, so this serves idle accounts. No
 * balance changes, since expiry is a predicate.
 */
export function expire(db: Db, { account_key, at }: CommandRef): Promise<{ totals: Totals }> {
  return command(db, 'expire', { account_key, at, operation_key: `expire/${at.toISOString()}` }, {}, {})
}
