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

/** The available credits that expire after `at`, until `until`. */
export async function expiringBy(
  db: Db,
  account_key: string,
  { at, until }: { at: Date; until: Date },
): Promise<number> {
  const { rows } = await db.query<{ amount: number }>(
    `select coalesce(sum(available), 0)::bigint as amount from lots
     where account_key = $1 and spendable and expires_at > $2 and expires_at <= $3`,
    [account_key, at, until],
  )
  return rows[0]?.amount ?? 0
}
