import type { Limit } from '../../../domain/policy/limits.ts'
import type { Db } from '../../core/command.ts'

/** Usage counted by a hold, stored with it, so that a refund decrements the same counters. */
export type CounterUsage = Pick<Limit, 'counter' | 'period' | 'since' | 'amount' | 'per'>

/** The usage that a hold counts, or null. */
export function counterUsage(limits: Limit[]): CounterUsage[] | null {
  if (limits.length === 0) return null
  return limits.map(({ limit: _, refusal: __, ...counted }) => counted)
}

/** Values of an account's counters, in the given order. */
export async function readCounters(
  db: Db,
  account_key: string,
  wanted: Pick<Limit, 'counter' | 'period' | 'since'>[],
): Promise<number[]> {
  if (wanted.length === 0) return []
  const { rows } = await db.query<{ used: number }>({
    name: 'read_counters',
    text: `select coalesce(c.used, used_since($1, w.since)) as used
      from unnest($2::text[], $3::text[], $4::timestamptz[]) with ordinality w(counter, period, since, n)
      left join counters c on c.account_key = $1 and c.counter = w.counter and c.period = w.period order by n`,
    values: [
      account_key,
      wanted.map(each => each.counter),
      wanted.map(each => each.period),
      wanted.map(each => each.since ?? null),
    ],
  })
  return rows.map(row => row.used)
}
