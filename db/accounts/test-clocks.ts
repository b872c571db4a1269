import { notFound } from '../../domain/shared/refusals.ts'
import { EXPIRY_NOTICE_DAYS } from '../../domain/webhooks/events.ts'
import type { Db } from '../core/command.ts'
import type { ExpiryEmails } from '../webhooks/expiry-notices.ts'
import { type Account, accountColumns } from './accounts.ts'

/** A stored time that moves only on request, for the accounts attached to it. */
export type TestClock = { id: string; now: Date }

/** Creates a test clock; repeating the id returns the existing clock. */
export async function createTestClock(db: Db, product: string, id: string, now: Date): Promise<TestClock> {
  await db.query('insert into test_clocks (id, product, now_at) values ($1, $2, $3) on conflict do nothing', [
    id,
    product,
    now,
  ])
  return loadTestClock(db, product, id)
}

/** @throws Refused not_found */
export async function loadTestClock(db: Db, product: string, id: string): Promise<TestClock> {
  const { rows } = await db.query<TestClock>(
    'select id, now_at as now from test_clocks where id = $1 and product = $2',
    [id, product],
  )
  if (rows[0]) return rows[0]
  throw notFound('test clock')
}

const ownerOf = {
  generation: 'holds where product = $1 and generation = $2',
  membership: 'memberships where product = $1 and membership = $2',
  purchase: 'purchases where product = $1 and purchase = $2',
}

/** The time of the test clock of a generation's, membership's or purchase's account; null in real time. */
export async function readClockOf(
  db: Db,
  kind: keyof typeof ownerOf,
  product: string,
  id: string,
): Promise<Date | null> {
  const { rows } = await db.query<{ now_at: Date }>(
    `select c.now_at from accounts a join test_clocks c on c.id = a.test_clock
     where a.account_key = (select account_key from ${ownerOf[kind]})`,
    [product, id],
  )
  return rows[0]?.now_at ?? null
}

/** Advances a clock; an earlier time has no effect. */
export async function moveTestClock(db: Db, id: string, to: Date): Promise<void> {
  await db.query('update test_clocks set now_at = greatest(now_at, $2) where id = $1', [id, to])
}

/**
 * Work due at a time: the deadline of a reserved generation, the next step of a membership or purchase, or an expiry notice,
 * whose id is the account's key.
 */
export type DueWork = {
  at: Date
  product: string
  kind: 'generation' | 'membership' | 'purchase' | 'notice'
  id: string
}

/** The next due work on a test clock, at or before a time, or null. */
export async function nextDue(db: Db, clock: string, until: Date, emails: ExpiryEmails): Promise<DueWork | null> {
  const { rows } = await db.query<DueWork>(
    `select h.deadline as at, h.product, 'generation' as kind, h.generation as id
       from holds h join accounts a using (account_key)
       where a.test_clock = $1 and h.state = 'reserved' and h.deadline <= $2
     union all
     select late_until(h), h.product, 'generation', h.generation
       from test_clocks c join accounts a on a.test_clock = c.id join holds h using (account_key)
       where c.id = $1 and a.closed_at is null and h.rest->>'kind' = 'timeout' and h.terms->'late_seconds' is not null
         and late_until(h) > c.now_at and late_until(h) <= $2
     union all
     select m.next_due_at, m.product, 'membership', m.membership
       from memberships m join accounts a using (account_key)
       where a.test_clock = $1 and m.next_due_at <= $2
     union all
     select p.next_due_at, p.product, 'purchase', p.purchase
       from purchases p join accounts a using (account_key)
       where a.test_clock = $1 and p.next_due_at <= $2
     union all
     select n.notice_at, a.product, 'notice', a.account_key::text
       from test_clocks c join accounts a on a.test_clock = c.id join lots l using (account_key)
       cross join lateral due_expiry_notices(l, $3, c.now_at - interval '1 microsecond', $2) n
       where c.id = $1 and a.closed_at is null and l.spendable and l.expires_at > c.now_at
         and has_subscribers(a.product, 'credits.expiring')
     union all
     select n.notice_at, a.product, 'notice', a.account_key::text
       from test_clocks c join accounts a on a.test_clock = c.id join lots l using (account_key)
       cross join lateral due_expiry_emails(l, a.product, $3, c.now_at - interval '1 microsecond', $2, $4) n
       where c.id = $1 and a.closed_at is null and l.spendable and l.expires_at > c.now_at
     order by at, kind, id limit 1`,
    [clock, until, EXPIRY_NOTICE_DAYS, JSON.stringify(emails)],
  )
  return rows[0] ?? null
}

/** The accounts on a clock with expired credits that no entry records yet. */
export async function accountsWithDueExpiries(db: Db, clock: string, at: Date): Promise<string[]> {
  const { rows } = await db.query<{ account_key: string }>(
    `select distinct account_key from lots l join accounts a using (account_key)
     where a.test_clock = $1 and l.spendable and l.expires_at <= $2`,
    [clock, at],
  )
  return rows.map(row => row.account_key)
}

/** The open accounts on a clock. */
export async function accountsOnClock(db: Db, clock: string): Promise<Account[]> {
  const { rows } = await db.query<Account>(
    `select ${accountColumns} from accounts a join test_clocks c on c.id = a.test_clock
     where c.id = $1 and a.closed_at is null order by a.account_key`,
    [clock],
  )
  return rows
}
