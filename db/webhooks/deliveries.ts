import { notFound } from '../../domain/shared/refusals.ts'
import type { Db } from '../core/command.ts'
import { type Page, type PageRequest, toPage } from '../core/page.ts'
import type { EndpointId } from './events.ts'

/** The delivery of one event to one endpoint. */
export type Delivery = {
  id: string
  event: string
  type: string
  state: 'pending' | 'delivered' | 'failed'
  attempts: number
  next_attempt_at: Date | null
  last_attempt_at: Date | null
  /** the response or error in a few words */
  last_outcome: string | null
}

/** A delivery that is due, with its content. */
export type DueDelivery = {
  delivery_no: number
  event: string
  type: string
  at: string
  data: object
  attempts: number
  started_at: Date
}

const shown = `d.delivery_no::text as id, d.event, e.type, d.state, d.attempts, d.last_attempt_at,
  d.last_outcome, case when d.state = 'pending' then d.next_attempt_at end as next_attempt_at`

/** The deliveries to an endpoint, newest first. The cursor is the last one's id. */
export async function listDeliveries(
  db: Db,
  { product, endpoint }: EndpointId,
  { limit, cursor, state }: PageRequest & { state?: Delivery['state'] | undefined },
): Promise<Page<Delivery>> {
  const { rows } = await db.query<Delivery>(
    `select ${shown} from webhook_deliveries d join webhook_events e using (account_key, event)
     where d.product = $1 and d.endpoint = $2 and ($3::bigint is null or d.delivery_no < $3)
       and ($4::text is null or d.state = $4)
     order by d.delivery_no desc limit $5`,
    [product, endpoint, cursor ?? null, state ?? null, limit + 1],
  )
  return toPage(rows, limit, last => last.id)
}

/** Restarts a delivery in any state, with new attempts for three days. @throws Refused not_found */
export async function redeliver(db: Db, { product, endpoint }: EndpointId, id: string): Promise<Delivery> {
  const { rows } = await db.query<Delivery>(
    `with d as (
       update webhook_deliveries set state = 'pending', attempts = 0, started_at = clock_timestamp(), next_attempt_at = clock_timestamp()
       where product = $1 and endpoint = $2 and delivery_no = $3 returning *
     )
     select ${shown} from d join webhook_events e using (account_key, event)`,
    [product, endpoint, id],
  )
  if (rows[0]) return rows[0]
  throw notFound('delivery')
}

/** Test events belong to no account. */
const NO_ACCOUNT = '00000000-0000-0000-0000-000000000000'

/** Adds an event of type `webhook.test` for one endpoint; repeating the id returns the same event. */
export async function addTestEvent(
  db: Db,
  { product, endpoint }: EndpointId,
  event: string,
  at: Date,
): Promise<Delivery> {
  const { rows } = await db.query<Delivery>(
    `with e as (
       insert into webhook_events (account_key, event, product, type, at, data, dispatched)
         values ($1, $2, $3, 'webhook.test', $4, jsonb_build_object('endpoint', $5::text), true)
         on conflict (account_key, event) do update set dispatched = true returning *
     ), d as (
       insert into webhook_deliveries (account_key, event, endpoint, product) values ($1, $2, $5, $3)
         on conflict (account_key, event, endpoint) do update set product = excluded.product returning *
     )
     select ${shown} from d join e using (account_key, event)`,
    [NO_ACCOUNT, event, product, at, endpoint],
  )
  if (rows[0]) return rows[0]
  throw new Error('a test event returned no row')
}

/** The due deliveries of an endpoint, oldest first; none if it is disabled. */
export async function dueDeliveries(
  db: Db,
  { product, endpoint }: EndpointId,
  now: Date,
  limit: number,
): Promise<DueDelivery[]> {
  const { rows } = await db.query<DueDelivery>({
    name: 'due_deliveries',
    text: `select d.delivery_no, d.event, e.type, iso(e.at) as at, d.attempts, d.started_at,
        case when a.account is null then e.data else jsonb_build_object('account', a.account) || e.data end as data
      from webhook_deliveries d join webhook_events e using (account_key, event) left join accounts a using (account_key)
      where d.product = $1 and d.endpoint = $2 and d.state = 'pending' and d.next_attempt_at <= $3
        and exists (select from webhook_endpoints w
          where w.product = $1 and w.endpoint = $2 and w.disabled_at is null)
      order by d.next_attempt_at, d.delivery_no limit $4`,
    values: [product, endpoint, now, limit],
  })
  return rows
}

/** Records an attempt and the delivery's state after it. */
export async function recordAttempt(
  db: Db,
  { product, endpoint }: EndpointId,
  tried: {
    delivery_no: number
    state: Delivery['state']
    outcome: string
    next_attempt_at: Date | null
    at: Date
  },
): Promise<void> {
  const { delivery_no, state, outcome, next_attempt_at, at } = tried
  await db.query({
    name: 'record_attempt',
    text: `update webhook_deliveries set state = $4, attempts = attempts + 1, last_outcome = $5, last_attempt_at = $6,
        next_attempt_at = coalesce($7, next_attempt_at)
      where product = $1 and endpoint = $2 and delivery_no = $3`,
    values: [product, endpoint, delivery_no, state, outcome, at, next_attempt_at],
  })
}

/** How many deliveries are pending, up to a thousand, and when the first is due. */
export type QueueStats = { pending: number; next_attempt_at: string | null }

/** Bounds the cost of counting a long queue. */
const MAX_COUNTED = 1_000

export async function readQueueStats(db: Db, { product, endpoint }: EndpointId): Promise<QueueStats> {
  const { rows } = await db.query<QueueStats>({
    name: 'read_queue_stats',
    text: `select count(*) as pending, iso(min(next_attempt_at)) as next_attempt_at from (
        select next_attempt_at from webhook_deliveries
        where product = $1 and endpoint = $2 and state = 'pending' order by next_attempt_at limit ${MAX_COUNTED}) d`,
    values: [product, endpoint],
  })
  return rows[0] ?? { pending: 0, next_attempt_at: null }
}

/** Stores when an endpoint last accepted a delivery. */
export async function storeLastSuccess(db: Db, { product, endpoint }: EndpointId, at: Date): Promise<void> {
  await db.query('update webhook_endpoints set last_success_at = $3 where product = $1 and endpoint = $2', [
    product,
    endpoint,
    at,
  ])
}

/** The endpoints with a delivery that was due before a time: their workflow may be missing. */
export async function overdueEndpoints(db: Db, before: Date): Promise<EndpointId[]> {
  const { rows } = await db.query<EndpointId>(
    `select product, endpoint from webhook_endpoints w where disabled_at is null
       and exists (select from webhook_deliveries d where d.product = w.product and d.endpoint = w.endpoint
         and d.state = 'pending' and d.next_attempt_at < $1)`,
    [before],
  )
  return rows
}
