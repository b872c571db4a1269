import type { CommandRef, Db, Totals } from '../../core/command.ts'

/**
 * Adds the entries of expired credits. Every command does so for its account first, so this serves idle accounts. No
 * balance changes, since expiry is a predicate.
 */
export async function expire(db: Db, { account_key, at }: CommandRef): Promise<Totals> {
  const { rows } = await db.query<{ totals: Totals }>('select expire($1, $2) as totals', [account_key, at])
  if (!rows[0]) throw new Error('expire returned no result')
  return rows[0].totals
}
