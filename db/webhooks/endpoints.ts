import { notFound } from '../../domain/shared/refusals.ts'
import type { SigningKey } from '../../domain/webhooks/secrets.ts'
import type { Db } from '../core/command.ts'

/** A webhook endpoint. Its secrets are derived from signing_keys and not stored. */
export type WebhookEndpoint = {
  product: string
  endpoint: string
  url: string
  /** the subscribed types; null for all */
  events: string[] | null
  signing_keys: SigningKey[]
  created_at: Date
  disabled_at: Date | null
  /** `gone`: the receiver responded with 410; `failing`: three days without a success */
  disabled_because: 'gone' | 'failing' | null
  /** when it last accepted a delivery */
  last_success_at: Date | null
}

/** Creates an endpoint; repeating it changes nothing. */
export async function createEndpoint(
  db: Db,
  created: Pick<WebhookEndpoint, 'product' | 'endpoint' | 'url' | 'events' | 'signing_keys' | 'created_at'>,
): Promise<WebhookEndpoint> {
  const { product, endpoint, url, events, signing_keys, created_at } = created
  await db.query(
    `insert into webhook_endpoints (product, endpoint, url, events, signing_keys, created_at)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [product, endpoint, url, events, JSON.stringify(signing_keys), created_at],
  )
  return loadEndpoint(db, product, endpoint)
}

/** @throws Refused not_found */
export async function loadEndpoint(db: Db, product: string, endpoint: string): Promise<WebhookEndpoint> {
  return only(
    await db.query<WebhookEndpoint>('select * from webhook_endpoints where product = $1 and endpoint = $2', [
      product,
      endpoint,
    ]),
  )
}

/** The endpoints of a product, oldest first. */
export async function listEndpoints(db: Db, product: string): Promise<WebhookEndpoint[]> {
  const { rows } = await db.query<WebhookEndpoint>(
    'select * from webhook_endpoints where product = $1 order by created_at, endpoint',
    [product],
  )
  return rows
}

/** Deletes an endpoint and its deliveries. @throws Refused not_found */
export async function deleteEndpoint(db: Db, product: string, endpoint: string): Promise<void> {
  only(
    await db.query(
      `with gone as (delete from webhook_deliveries where product = $1 and endpoint = $2),
         handled as (delete from attention where product = $1 and subject = 'webhook_endpoint' and subject_id = $2)
       delete from webhook_endpoints where product = $1 and endpoint = $2 returning endpoint`,
      [product, endpoint],
    ),
  )
}

/** Enables an endpoint; its pending deliveries become due. @throws Refused not_found */
export async function enableEndpoint(db: Db, product: string, endpoint: string): Promise<WebhookEndpoint> {
  return only(
    await db.query<WebhookEndpoint>(
      `with now_due as (
         update webhook_deliveries set next_attempt_at = clock_timestamp()
           where product = $1 and endpoint = $2 and state = 'pending'
       )
       update webhook_endpoints set disabled_at = null, disabled_because = null
         where product = $1 and endpoint = $2 returning *`,
      [product, endpoint],
    ),
  )
}

export async function disableEndpoint(
  db: Db,
  { product, endpoint }: Pick<WebhookEndpoint, 'product' | 'endpoint'>,
  because: 'gone' | 'failing',
  now: Date,
): Promise<void> {
  await db.query(
    `update webhook_endpoints set disabled_at = $3, disabled_because = $4
     where product = $1 and endpoint = $2 and disabled_at is null`,
    [product, endpoint, now, because],
  )
}

/** Replaces the signing keys of an endpoint, unless they changed since the endpoint was read. */
export async function setSigningKeys(
  db: Db,
  { product, endpoint, signing_keys: before }: WebhookEndpoint,
  keys: SigningKey[],
): Promise<WebhookEndpoint> {
  await db.query(
    `update webhook_endpoints set signing_keys = $4
     where product = $1 and endpoint = $2 and signing_keys = $3`,
    [product, endpoint, JSON.stringify(before), JSON.stringify(keys)],
  )
  return loadEndpoint(db, product, endpoint)
}

function only<T>({ rows }: { rows: T[] }): T {
  if (rows[0]) return rows[0]
  throw notFound('webhook endpoint')
}
