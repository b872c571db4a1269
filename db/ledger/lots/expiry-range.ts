import type { Db } from '../../core/command.ts'

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
