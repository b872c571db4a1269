import type { AttentionItem, AttentionKind } from '../../domain/attention/kinds.ts'
import type { AttentionTimes } from '../../domain/policy/attention-schema.ts'
import type { Db } from '../core/command.ts'
import { decodeCursor, encodeCursor, type Page, type PageRequest, toPage } from '../core/page.ts'
import { isWaiting } from '../purchases/unassigned-payments.ts'

/** The hours within which each product promises to act, by kind. */
export type Promises = Record<string, AttentionTimes>

export type AttentionFilter = {
  kind?: AttentionKind | undefined
  account_key?: string | undefined
  id?: string | undefined
}

/** All items of the products in $1, an object of their promises. Few rows, each found by an index. */
const items = /* sql */ `
  found as (
    select product, id, kind, subject, subject_id, account_key, detail, since, null::bigint as amount, null as currency
    from attention where product in (select jsonb_object_keys($1::jsonb))
    union all
    select product, approval, kind || '_approval', kind, subject, account_key,
      'It waits for a second person. Requested by '
        || coalesce((select k.name from api_keys k where k.id = p.asked_by),
             (select c.name from console_people c where c.person = p.asked_by), 'a schedule') || '.',
      asked_at, (request->>'amount')::bigint, request->>'currency'
    from approvals p where product in (select jsonb_object_keys($1::jsonb)) and approved_by is null
      and declined_by is null
    union all
    select product, payment, 'unassigned_payment', 'payment', payment, null,
      'A payment through ' || provider || ' fits no purchase.', recorded_at, amount, currency
    from unassigned_payments u where product in (select jsonb_object_keys($1::jsonb)) and ${isWaiting}
    union all
    select product, subscription, 'unassigned_subscription', 'subscription', subscription, null,
      case reason
        when 'unknown_account' then coalesce(
          'Its metadata names the account ' || account
            || ', which does not exist. Create it, or correct the metadata at Stripe.',
          'No account has its customer ' || customer
            || '. PUT /v1/accounts/… with stripe_customer, or cancel it at Stripe.')
        when 'unknown_product' then 'Its metadata names the product ' || stated_product
          || ', which does not exist. Correct the metadata at Stripe.'
        else 'Its account is closed. Cancel it at Stripe, and refund what was paid after the closing.'
      end, recorded_at, null, null
    from unassigned_subscriptions where product in (select jsonb_object_keys($1::jsonb)) and marked
  ),
  items as (
    select f.*, a.account, a.test_clock, date_trunc('milliseconds', since + make_interval(
      hours => coalesce($1::jsonb->f.product->'by_kind'->>f.kind, $1::jsonb->f.product->>'within_hours')::integer)) as due_at
    from found f left join accounts a using (account_key)
    where f.kind not like '%\\_approval' or a.closed_at is null
  )`

const cursorPattern = /^(?<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (?<id>[\x21-\x7e]{1,200})$/

/** Lists the items that need a person, earliest due time first. */
export async function listAttention(
  db: Db,
  promises: Promises,
  { kind, account_key, id }: AttentionFilter,
  { limit, cursor }: PageRequest,
): Promise<Page<AttentionItem>> {
  const after = decodeCursor(cursor, cursorPattern)
  const { rows } = await db.query<AttentionItem>(
    `with ${items}
     select i.id, i.product, i.kind, jsonb_build_object('type', i.subject, 'id', i.subject_id) as subject, i.account,
       coalesce(i.detail, '') as detail, iso(i.since) as since, iso(i.due_at) as due_at,
       coalesce(i.amount, (p.status->>'amount')::bigint) as amount, coalesce(i.currency, p.status->>'currency') as currency
     from items i left join purchases p on i.subject = 'purchase' and p.product = i.product and p.purchase = i.subject_id
     where ($2::text is null or i.kind = $2) and ($3::uuid is null or i.account_key = $3) and ($4::text is null or i.id = $4)
       and ($5::timestamptz is null or (i.due_at, i.id) > ($5, $6))
     order by i.due_at, i.id limit $7`,
    [JSON.stringify(promises), kind, account_key, id, after.time, after.id, limit + 1].map(value => value ?? null),
  )
  return toPage(rows, limit, last => encodeCursor(`${last.due_at} ${last.id}`))
}

export type AttentionCount = { product: string; kind: AttentionKind; count: number; overdue: number }

/**
 * How much needs a person, by product and kind, and how much of that is overdue. Accounts on test clocks are never overdue.
 * @param now real time
 */
export async function countAttention(
  db: Db,
  promises: Promises,
  account_key: string | undefined,
  now: Date,
): Promise<AttentionCount[]> {
  const { rows } = await db.query<AttentionCount>(
    `with ${items}
     select product, kind, count(*) as count, count(*) filter (where due_at <= $3 and test_clock is null) as overdue
     from items where $2::uuid is null or account_key = $2 group by product, kind order by product, kind`,
    [JSON.stringify(promises), account_key ?? null, now],
  )
  return rows
}

/** Removes an item that no workflow keeps. */
export async function deleteAttention(db: Db, product: string, id: string): Promise<void> {
  await db.query('delete from attention where product = $1 and id = $2', [product, id])
}
