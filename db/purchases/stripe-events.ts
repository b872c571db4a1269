import type { Db } from '../core/command.ts'

export type StoredStripeEvent = {
  id: string
  type: string
  object: string | null
  customer: string | null
  subscription: string | null
  livemode: boolean
  created_at: Date
}

/** The outcome of an event; `processed` is final, others may change when the event is sent again. */
export type StripeOutcome =
  | 'processed'
  | 'nothing_to_do'
  | 'unknown_account'
  | 'closed_account'
  | 'unknown_product'
  | 'unknown_subscription'
  | 'other_product'
  | 'unknown_purchase'
  | 'unassigned'

export async function isProcessed(db: Db, product: string, eventId: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `select 1 from stripe_events where product = $1 and event_id = $2 and outcome = 'processed'`,
    [product, eventId],
  )
  return rowCount === 1
}

/** Whether a webhook delivered an event, whatever its outcome. */
export async function isDelivered(db: Db, product: string, eventId: string): Promise<boolean> {
  const { rowCount } = await db.query('select 1 from stripe_events where product = $1 and event_id = $2', [
    product,
    eventId,
  ])
  return rowCount === 1
}

/** Stores an event and its outcome. */
export async function storeStripeEvent(
  db: Db,
  product: string,
  event: StoredStripeEvent,
  outcome: StripeOutcome,
): Promise<void> {
  const { id, type, object, customer, subscription, livemode, created_at } = event
  await db.query(
    `insert into stripe_events (product, event_id, type, object_id, customer, subscription, livemode, created_at, outcome)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (product, event_id) do update set outcome = excluded.outcome where stripe_events.outcome <> 'processed'`,
    [product, id, type, object, customer, subscription, livemode, created_at, outcome],
  )
}

/** The account of a Stripe customer, or null. */
export async function findAccountOfCustomer(db: Db, product: string, customer: string): Promise<string | null> {
  const { rows } = await db.query<{ account: string }>(
    'select account from accounts where product = $1 and stripe_customer = $2',
    [product, customer],
  )
  return rows[0]?.account ?? null
}
