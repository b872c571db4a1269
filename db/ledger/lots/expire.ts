import { type Command, command, type Db, type Totals } from '../../core/command.ts'

/**
 * Books the credits of lots whose time is over. Every act does it first for its account, so this only brings the
 * record up to date for accounts where nothing happens; it changes no balance, since expiry is a predicate. It writes
 * nothing where nothing is due.
 */
export function expire(
  db: Db,
  { account_key, at }: Pick<Command, 'account_key' | 'at'>,
): Promise<{ totals: Totals }> {
  return command(db, 'expire', { account_key, at, operation_key: `expire/${at.toISOString()}` }, {}, {})
}
