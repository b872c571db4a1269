import type { Db } from '../core/command.ts'

/** How many open accounts of a product have the same plans; memberships that have ended do not count. */
export async function countByPlans(db: Db, product: string): Promise<{ plans: string[]; count: number }[]> {
  const { rows } = await db.query<{ plans: string[]; count: number }>(
    `with held as (
       select account_key, array_agg(distinct status->>'plan' order by status->>'plan') as plans
       from memberships where product = $1 and status->>'state' <> 'ended' group by account_key)
     select coalesce(h.plans, '{}') as plans, count(*) as count
     from accounts a left join held h using (account_key) where a.product = $1 and a.closed_at is null group by 1 order by 1`,
    [product],
  )
  return rows
}
