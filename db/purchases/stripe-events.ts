import type { Db } from '../core/command.ts'

/** An event of Stripe as it is remembered. */
export type StoredStripeEvent = {
  id: string
  type: string
  object: string | null
  customer: string | null
  subscription: string | null
  livemode: boolean
  created_at: Date
}

/** What became of an event; `taken` is final, any other may change when the event is sent again. */
export type StripeOutcome =
  | 'taken'
  | 'nothing_to_do'
  | 'unknown_account'
  | 'unknown_subscription'
  | 'other_product'
  | 'unknown_purchase'

/** Whether an event was taken before, so that a repetition changes nothing. */
export async function wasTaken(db: Db, product: string, eventId: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `select 1 from stripe_events where product = $1 and event_id = $2 and outcome = 'taken'`,
    [product, eventId],
  )
  return rowCount === 1
}

/** Remembers an event and what became of it. */
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
     on conflict (product, event_id) do update set outcome = excluded.outcome where stripe_events.outcome <> 'taken'`,
    [product, id, type, object, customer, subscription, livemode, created_at, outcome],
  )
}

/** The open account of a Stripe customer, the oldest where there are several; null where there is none. */
export async function accountOfCustomer(db: Db, product: string, customer: string): Promise<string | null> {
  const { rows } = await db.query<{ account: string }>(
    `select account from accounts where product = $1 and stripe_customer = $2 and closed_at is null
     order by created_at, account_key limit 1`,
    [product, customer],
  )
  return rows[0]?.account ?? null
}

/** The subscriptions whose events came before their account was known here, by the customer they name. */
export async function subscriptionsWithoutAccount(
  db: Db,
  product: string,
  customer: string,
): Promise<string[]> {
  const { rows } = await db.query<{ subscription: string }>(
    `select distinct subscription from stripe_events
     where product = $1 and customer = $2 and outcome = 'unknown_account' and subscription is not null`,
    [product, customer],
  )
  return rows.map(({ subscription }) => subscription)
}

/** What became of events that were remembered without an account, now that it is known. */
export async function settleStripeEvents(
  db: Db,
  product: string,
  subscription: string,
  outcome: StripeOutcome,
): Promise<void> {
  await db.query(
    `update stripe_events set outcome = $3
     where product = $1 and subscription = $2 and outcome = 'unknown_account'`,
    [product, subscription, outcome],
  )
}
