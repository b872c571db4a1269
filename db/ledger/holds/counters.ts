import type { Limit } from '../../../domain/policy/limits.ts'
import type { Db } from '../../core/command.ts'

/** What a hold counted; kept with it, so that what comes back is taken off the same counts. */
export type Counted = Pick<Limit, 'counter' | 'period' | 'amount' | 'per'>

/** What of the limits is kept with a hold; null where it counts nothing. */
export function countedOf(limits: Limit[]): Counted[] | null {
  if (limits.length === 0) return null
  return limits.map(({ counter, period, amount, per }) => ({ counter, period, amount, per }))
}

/** How far some counters of an account are, in their order; 0 where nothing was counted. */
export async function readCounters(
  db: Db,
  account_key: string,
  wanted: Pick<Limit, 'counter' | 'period'>[],
): Promise<number[]> {
  if (wanted.length === 0) return []
  const { rows } = await db.query<{ used: number }>({
    name: 'read_counters',
    text: `select coalesce(c.used, 0) as used from unnest($2::text[], $3::text[]) with ordinality w(counter, period, n)
      left join counters c on c.account_key = $1 and c.counter = w.counter and c.period = w.period order by n`,
    values: [account_key, wanted.map(each => each.counter), wanted.map(each => each.period)],
  })
  return rows.map(row => row.used)
}
