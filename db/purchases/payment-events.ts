import type { PaymentEvent } from '../../domain/purchases/payment-facts.ts'
import type { Db } from '../core/command.ts'

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
         and coalesce(n.purchase, $2) = $2 cross join unnest(n.payment_references) as r
     )
     select event from payment_events n where product = $1
       and (purchase = $2 or purchase is null and payment_references && (select array_agg(reference) from known))
     order by recorded_at, event_id`,
    [product, purchase],
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

/** The purchase with any of the provider's ids of a payment, or null. */
export async function findPurchaseByReferences(db: Db, product: string, references: string[]): Promise<string | null> {
  const { rows } = await db.query<{ purchase: string }>(
    `with recursive known (reference) as (
       select unnest($2::text[])
       union
       select r from known k join payment_events n on n.product = $1 and n.payment_references @> array[k.reference]
         cross join unnest(n.payment_references) as r
     )
     select purchase from payment_references join known using (reference) where product = $1
     union all
     select n.purchase from known k join payment_events n
       on n.product = $1 and n.payment_references @> array[k.reference] where n.purchase is not null
     limit 1`,
    [product, references],
  )
  return rows[0]?.purchase ?? null
}
