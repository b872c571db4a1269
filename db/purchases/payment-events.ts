import type { PaymentEvent } from '../../domain/purchases/payment-facts.ts'
import type { Db } from '../core/command.ts'
import { findPurchase, type PurchaseRecord } from './purchases.ts'

/** Stores a provider's event; repeating its id changes nothing. */
export async function insertPaymentEvent(
  db: Db,
  { product, provider, event_id }: { product: string; provider: string; event_id: string },
  event: PaymentEvent,
): Promise<void> {
  await db.query(
    `insert into payment_events (product, provider, event_id, purchase, payment_references, event)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [product, provider, event_id, event.purchase, event.references, JSON.stringify(event)],
  )
}

/** An event that names a purchase which does not exist counts as one that names none. */
const namesNone = `(n.purchase is null
  or not exists (select from purchases p where p.product = n.product and p.purchase = n.purchase))`

/** The references $2 of a payment of the product $1, and those that its events connect with them. */
const connected = `known (reference) as (
    select unnest($2::text[])
    union
    select r from known k join payment_events n on n.product = $1 and n.payment_references @> array[k.reference]
      cross join unnest(n.payment_references) as r
  )`

/**
 * The payment events of a purchase: those that name it, and those that share a reference with them directly or through
 * others. For example a dispute names a charge, the charge's event a payment, the payment's session the purchase.
 */
export async function listPaymentEvents(
  db: Pick<Db, 'query'>,
  product: string,
  purchase: string,
): Promise<PaymentEvent[]> {
  const { rows } = await db.query<{ event: PaymentEvent }>(
    `with recursive known (reference) as (
       select reference from payment_references where product = $1 and purchase = $2
       union
       select unnest(payment_references) from payment_events where product = $1 and purchase = $2
       union
       select r from known k join payment_events n on n.product = $1 and n.payment_references @> array[k.reference]
         and (n.purchase = $2 or ${namesNone}) cross join unnest(n.payment_references) as r
     )
     select event from payment_events n where product = $1
       and (purchase = $2 or ${namesNone} and payment_references && (select array_agg(reference) from known))
     order by recorded_at, event_id`,
    [product, purchase],
  )
  return rows.map(row => row.event)
}

/** All known references of a payment. @param payment one of them */
export async function referencesOfPayment(db: Db, product: string, payment: string): Promise<string[]> {
  const { rows } = await db.query<{ reference: string }>(
    `with recursive ${connected} select reference from known order by reference`,
    [product, [payment]],
  )
  return rows.map(({ reference }) => reference)
}

/** The events of a payment by any of its references, which name no purchase that exists. */
export async function listEventsOfPayment(db: Db, product: string, references: string[]): Promise<PaymentEvent[]> {
  const { rows } = await db.query<{ event: PaymentEvent }>(
    `with recursive ${connected}
     select event from payment_events n where product = $1 and ${namesNone}
       and payment_references && (select array_agg(reference) from known)`,
    [product, references],
  )
  return rows.map(row => row.event)
}

/** The provider's known ids of a purchase's payment. */
export async function listReferences(db: Db, product: string, purchase: string): Promise<string[]> {
  const { rows } = await db.query<{ reference: string }>(
    'select reference from payment_references where product = $1 and purchase = $2 order by reference',
    [product, purchase],
  )
  return rows.map(row => row.reference)
}

/** The purchase that an event names, or that shares a reference with it; null if there is none. */
export async function findPurchaseOf(
  db: Db,
  product: string,
  { purchase, references }: PaymentEvent,
): Promise<PurchaseRecord | null> {
  const named = purchase === null ? null : await findPurchase(db, product, purchase)
  if (named) return named
  const found = await findPurchaseByReferences(db, product, references)
  return found === null ? null : findPurchase(db, product, found)
}

async function findPurchaseByReferences(db: Db, product: string, references: string[]): Promise<string | null> {
  const { rows } = await db.query<{ purchase: string }>(
    `with recursive ${connected}, named (purchase) as (
       select purchase from payment_references join known using (reference) where product = $1
       union all
       select n.purchase from known k join payment_events n
         on n.product = $1 and n.payment_references @> array[k.reference]
     )
     select purchase from named join purchases using (purchase) where product = $1 limit 1`,
    [product, references],
  )
  return rows[0]?.purchase ?? null
}
