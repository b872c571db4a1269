import type { Db } from '../core/command.ts'
import { isWaiting } from '../purchases/unassigned-payments.ts'

/** Whether PostgreSQL answers. */
export async function isReachable(db: Db): Promise<boolean> {
  return db.query('select 1').then(
    () => true,
    () => false,
  )
}

/** Counts of open and overdue work, with their meaning. */
export const healthCounts = {
  holds_open: 'Generations that hold credits.',
  holds_overdue: 'Generations that hold credits a minute after their deadline.',
  purchases_delayed: 'Paid purchases whose credits are late.',
  grants_late: 'Memberships that have been due for five minutes.',
  unassigned_payments: 'Payments that fit no purchase and wait for a person.',
  unassigned_subscriptions: 'Subscriptions at Stripe that belong to no open account and wait for a person.',
  webhooks_late: 'Events that an endpoint has not accepted within five minutes.',
}

export type Health = { product: string; what: keyof typeof healthCounts; count: number }

/**
 * Reads the counts of all products from small indexes; none are 0. Accounts on test clocks are never late.
 * @param now real time
 */
export async function readHealth(db: Db, now: Date): Promise<Health[]> {
  const { rows } = await db.query<Health>({ name: 'read_health', text: health, values: [now] })
  return rows
}

const health = /* sql */ `
select product, 'holds_open' as what, count(*) as count from holds where state = 'reserved' group by product
union all
select h.product, 'holds_overdue', count(*) from holds h join accounts a using (account_key)
where h.state = 'reserved' and a.test_clock is null and h.deadline < $1::timestamptz - interval '1 minute' group by h.product
union all
select product, 'purchases_delayed', count(*) from purchases where status->>'state' = 'delayed' group by product
union all
select m.product, 'grants_late', count(*) from memberships m join accounts a using (account_key)
where m.next_due_at < $1::timestamptz - interval '5 minutes' and a.test_clock is null group by m.product
union all
select d.product, 'webhooks_late', count(*)
from webhook_deliveries d join webhook_endpoints e using (product, endpoint)
where d.state = 'pending' and d.started_at < $1::timestamptz - interval '5 minutes' and e.disabled_at is null
group by d.product
union all
select u.product, 'unassigned_payments', count(*) from unassigned_payments u where ${isWaiting} group by u.product
union all
select product, 'unassigned_subscriptions', count(*) from unassigned_subscriptions where marked group by product
order by 1, 2
`
