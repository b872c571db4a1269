import type { Db } from '../core/command.ts'
import { isWaiting } from '../purchases/unassigned-payments.ts'

/** Whether PostgreSQL answers. */
export async function isReachable(db: Db): Promise<boolean> {
  return db.query('select 1').then(
    () => true,
    () => false,
  )
}

/** The open and overdue work of a product. */
export type Health = {
  product: string
  holds_open: number
  /** open a minute after their deadline, so probably without a workflow */
  holds_overdue: number
  /** paid and not granted within the policy's time */
  purchases_delayed: number
  /** memberships with a step overdue by five minutes */
  grants_late: number
  /** deliveries not accepted by their enabled endpoint within five minutes */
  webhooks_late: number
  /** payments that fit no purchase and wait for a person */
  unassigned_payments: number
}

/**
 * Reads the health of all products from small indexes. Accounts on test clocks are never late.
 * @param now real time
 */
export async function readHealth(db: Db, now: Date): Promise<Health[]> {
  const { rows } = await db.query<Health>({ name: 'read_health', text: health, values: [now] })
  return rows
}

const health = /* sql */ `
with open as (
  select h.product, h.deadline, a.test_clock from holds h join accounts a using (account_key) where h.state = 'reserved'
), counted as (
  select product, count(*) as holds_open,
    count(*) filter (where test_clock is null and deadline < $1::timestamptz - interval '1 minute') as holds_overdue,
    0 as purchases_delayed, 0 as grants_late, 0 as webhooks_late, 0 as unassigned_payments
  from open group by product
  union all
  select product, 0, 0, count(*), 0, 0, 0 from purchases where status->>'state' = 'delayed' group by product
  union all
  select m.product, 0, 0, 0, count(*), 0, 0 from memberships m join accounts a using (account_key)
  where m.next_due_at < $1::timestamptz - interval '5 minutes' and a.test_clock is null group by m.product
  union all
  select d.product, 0, 0, 0, 0, count(*), 0 from webhook_deliveries d join webhook_endpoints e using (product, endpoint)
  where d.state = 'pending' and d.started_at < $1::timestamptz - interval '5 minutes' and e.disabled_at is null
  group by d.product
  union all
  select u.product, 0, 0, 0, 0, 0, count(*) from unassigned_payments u where ${isWaiting} group by u.product
)
select product, sum(holds_open) as holds_open, sum(holds_overdue) as holds_overdue,
  sum(purchases_delayed) as purchases_delayed, sum(grants_late) as grants_late,
  sum(webhooks_late) as webhooks_late, sum(unassigned_payments) as unassigned_payments
from counted group by product order by product
`
