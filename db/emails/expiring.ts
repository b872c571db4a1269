import type { Db } from '../core/command.ts'

/**
 * The available credits of an account that expire on a day, in order of expiry.
 * @param day of UTC, 2027-03-09
 * @param sources whose credits count; null: all
 */
export async function listExpiringLots(
  db: Db,
  account_key: string,
  day: string,
  sources: string[] | null,
): Promise<{ credits: number; expires_at: string }[]> {
  const { rows } = await db.query<{ credits: number; expires_at: string }>(
    `select sum(available)::bigint as credits, iso(expires_at) as expires_at from lots
     where account_key = $1 and spendable and available > 0 and ($3::text[] is null or source = any($3))
       and expires_at >= $2::date::timestamp at time zone 'UTC'
       and expires_at < ($2::date + 1)::timestamp at time zone 'UTC'
     group by expires_at order by expires_at`,
    [account_key, day, sources],
  )
  return rows
}
