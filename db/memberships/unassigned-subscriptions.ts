import type { Db } from '../core/command.ts'

/** Why a subscription belongs to no open account of a product. */
export type NoOwner = 'unknown_account' | 'unknown_product' | 'closed_account'

/** A subscription of Stripe that belongs to no open account. `marked`: it is meant for us, so a person must look. */
export type UnassignedSubscription = {
  subscription: string
  reason: NoOwner
  marked: boolean
  /** the account that its metadata names */
  account: string | null
  /** the product that its metadata names */
  stated_product: string | null
  customer: string | null
}

/** Keeps a subscription until it has an account; the latest reason counts. */
export async function keepUnassignedSubscription(
  db: Db,
  product: string,
  { subscription, reason, marked, account, stated_product, customer }: UnassignedSubscription,
): Promise<void> {
  await db.query(
    `insert into unassigned_subscriptions (product, subscription, reason, marked, account, stated_product, customer)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (product, subscription) do update set reason = excluded.reason, marked = excluded.marked,
       account = excluded.account, stated_product = excluded.stated_product, customer = excluded.customer`,
    [product, subscription, reason, marked, account, stated_product, customer],
  )
}

/** Forgets a subscription that has its account. Products that share a Stripe account have all seen its events. */
export async function settleOwnedSubscription(db: Db, subscription: string): Promise<void> {
  await db.query('delete from unassigned_subscriptions where subscription = $1', [subscription])
}

/** Forgets a subscription that is of no concern to a product. */
export async function settleUnassignedSubscription(db: Db, product: string, subscription: string): Promise<void> {
  await db.query('delete from unassigned_subscriptions where product = $1 and subscription = $2', [
    product,
    subscription,
  ])
}

/** The subscriptions that wait for an account: those that name it or its customer. */
export async function subscriptionsWaitingFor(
  db: Db,
  { product, account, stripe_customer }: { product: string; account: string; stripe_customer: string | null },
): Promise<string[]> {
  const { rows } = await db.query<{ subscription: string }>(
    `select subscription from unassigned_subscriptions
     where product = $1 and reason = 'unknown_account' and (account = $2 or customer = $3)`,
    [product, account, stripe_customer],
  )
  return rows.map(({ subscription }) => subscription)
}
