import type { Movement } from '../../domain/reports/usage.ts'
import { Refused } from '../../domain/shared/refusals.ts'
import type { Db } from '../core/command.ts'

/** A report reads all entries of a product, so it may take longer than any other call. */
const SECONDS = 30
const ONE_AT_A_TIME = 7_105_002

/**
 * Sums up what entries moved, by month (UTC) and source: one report at a time over all processes, because it reads the whole ledger of
 * a product. Credits that have expired without an entry count as expired.
 * @param from the first month, such as 2026-01; earlier entries are summed up as month null
 * @param before the month after the last
 * @param now real time; accounts on a test clock have their own
 * @throws Refused too_many_requests while another report is computed
 */
export async function readMovements(
  db: Db,
  product: string,
  { from, before, test_clocks }: { from: string; before: string; test_clocks: boolean },
  now: Date,
): Promise<Movement[]> {
  const connection = await db.connect()
  let broken: Error | undefined
  try {
    await connection.query(
      `begin; set local statement_timeout = '${SECONDS}s'; set local enable_seqscan = on; set local plan_cache_mode = auto`,
    )
    const { rows: locked } = await connection.query<{ free: boolean }>('select pg_try_advisory_xact_lock($1) as free', [
      ONE_AT_A_TIME,
    ])
    if (!locked[0]?.free)
      throw new Refused({
        code: 'too_many_requests',
        detail: 'Another report is being computed. Try again in a moment.',
        retry_after: 5,
      })
    const sums = { text: movements, values: [product, `${from}-01`, `${before}-01`, test_clocks, now] }
    const { rows } = await connection.query<Movement>({ ...sums, query_timeout: SECONDS * 1_000 } as typeof sums)
    return rows
  } catch (error) {
    broken = error instanceof Refused ? undefined : (error as Error)
    throw error
  } finally {
    if (!broken) await connection.query('rollback').catch(() => undefined)
    connection.release(broken)
  }
}

const movements = /* sql */ `
with chosen as (
  select a.account_key, coalesce(c.now_at, $5::timestamptz) as now_at
  from accounts a left join test_clocks c on c.id = a.test_clock
  where a.product = $1 and ($4::boolean or a.test_clock is null)
), moved as (
  select e.account_key, e.lot_id, date_trunc('month', e.at) as month,
    sum(e.amount) filter (where e.from_state = 'issued') as granted,
    sum(case when e.to_state = 'spent' then e.amount when e.from_state = 'spent' then -e.amount end) as spent,
    sum(e.amount) filter (where e.from_state = 'held' and e.to_state <> 'spent') as refunded,
    sum(case when e.to_state = 'expired' then e.amount when e.from_state = 'expired' then -e.amount end) as expired,
    sum(case when e.to_state = 'revoked' then e.amount when e.from_state = 'revoked' then -e.amount end) as revoked
  from entries e join chosen using (account_key) where e.at < $3::timestamptz group by 1, 2, 3
  union all
  select l.account_key, l.lot_id, date_trunc('month', l.expires_at), 0, 0, 0, l.available, 0
  from lots l join chosen using (account_key)
  where l.spendable and l.expires_at <= now_at and l.expires_at < $3::timestamptz
)
select case when m.month >= $2::timestamptz then to_char(m.month, 'YYYY-MM') end as month, l.source,
  coalesce(sum(m.granted), 0)::bigint as granted, coalesce(sum(m.spent), 0)::bigint as spent,
  coalesce(sum(m.refunded), 0)::bigint as refunded, coalesce(sum(m.expired), 0)::bigint as expired,
  coalesce(sum(m.revoked), 0)::bigint as revoked
from moved m join lots l using (account_key, lot_id) group by 1, 2`
