import Stripe from 'stripe'
import { z } from 'zod'
import type { PaymentEvent } from '../../domain/purchases/payment-facts.ts'
import { invalidRequest } from '../../domain/shared/refusals.ts'
import { toPaymentEvent } from './payment-events.ts'

/** How long a signature is valid, and how far clocks may differ. */
const TOLERANCE_SECONDS = 300

/** The end of the year 9999. */
const LAST_SECOND = 253_402_300_799

/** The used content of an event. Current states come from the API, not from events. */
export type StripeEvent = {
  id: string
  type: string
  livemode: boolean
  created_at: Date
  /** the id of the event's object */
  object: string | null
  customer: string | null
  subscription: string | null
  /** null if the event is not about a payment, or about one of a subscription */
  payment: PaymentEvent | null
  /** ids of the charge, payment or invoice that the event is about */
  references: string[]
  /** whether it has a client reference, which a buyer can type */
  isNamed: boolean
  /** metadata of a payment that no purchase of ours started; `quantity` is null if it is no whole number from 1 */
  order: { account: string | null; pack: string | null; quantity: number | null; product: string | null }
}

const text = z.string().nullish().catch(null)
const reference = z
  .union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)])
  .nullish()
  .catch(null)
const quantity = z
  .string()
  .regex(/^[1-9]\d{0,8}$/)
  .transform(Number)
  .default(1)
  .nullable()
  .catch(null)

const objectSchema = z.looseObject({
  id: text,
  object: text,
  customer: reference,
  subscription: reference,
  invoice: reference,
  client_reference_id: text,
  metadata: z
    .looseObject({ account: text, pack: text, product: text, quantity })
    .catch({ account: null, pack: null, product: null, quantity: 1 }),
  parent: z
    .object({ subscription_details: z.object({ subscription: reference }).nullish() })
    .nullish()
    .catch(null),
})

/** Events of both API versions. Those of version 2 are thin: they have no object, and a time in ISO 8601. */
const eventSchema = z.object({
  id: z.string().min(1).max(255),
  type: z.string().max(255),
  livemode: z.boolean(),
  created: z.union([
    z
      .int()
      .min(0)
      .max(LAST_SECOND)
      .transform(seconds => new Date(seconds * 1000)),
    z.coerce.date(),
  ]),
  /** the connected account that an event of Stripe Connect is about */
  account: z.unknown().optional(),
  data: z.object({ object: objectSchema }).nullish().catch(null),
})

/**
 * Verifies the signature of a webhook and parses its event.
 * @param raw the unchanged body
 * @param now real time, not a test clock's
 * @throws Refused invalid_request if the signature is wrong, too old or from the future, or the body is no event
 */
export function readStripeEvent(
  raw: Uint8Array,
  signature: string | undefined,
  secret: string,
  now: Date,
): StripeEvent {
  verifySignature(raw, signature ?? '', secret, now)
  const event = stripeEventOf(parseJson(raw))
  if (!event) throw invalidRequest('(body)', 'must be a Stripe event')
  return event
}

function parseJson(raw: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(raw).toString())
  } catch {
    return null
  }
}

/** An event from Stripe's API; null if it cannot be parsed. */
export function stripeEventOf(answered: unknown): StripeEvent | null {
  const parsed = eventSchema.safeParse(storable(answered))
  return parsed.success ? eventOf(parsed.data) : null
}

/** Replaces the characters of texts that PostgreSQL cannot store: NUL and lone surrogates. */
function storable(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_key, field) =>
    typeof field === 'string' ? field.toWellFormed().replaceAll('\0', '\ufffd') : field,
  )
}

function eventOf(event: z.infer<typeof eventSchema>): StripeEvent {
  const { id, type, livemode, created: created_at, account, data } = event
  const object = data?.object
  const metadata = object?.metadata
  const isSubscription = object?.object === 'subscription'
  const named = object?.parent?.subscription_details?.subscription ?? object?.subscription ?? null
  // Payments of connected accounts never count, even if their metadata names a purchase.
  const isOurs = account === undefined || account === null
  const payment = isOurs && named === null ? toPaymentEvent(object, { type, at: created_at.toISOString() }) : null
  const invoice = isOurs ? object?.invoice : null
  return {
    id,
    type,
    livemode,
    created_at,
    object: object?.id ?? null,
    customer: object?.customer ?? null,
    subscription: isOurs ? ((isSubscription ? object.id : named) ?? null) : null,
    payment,
    references: [...(payment?.references ?? []), ...(invoice ? [invoice] : [])],
    isNamed: object?.client_reference_id != null,
    order: {
      account: metadata?.account ?? null,
      pack: metadata?.pack ?? null,
      quantity: metadata?.quantity === undefined ? 1 : metadata.quantity,
      product: metadata?.product ?? null,
    },
  }
}

/** Whether a payment carries a mark of ours: a purchase's id or a pack in its metadata, or a client reference. */
export function isMarked({ payment, order, isNamed }: Pick<StripeEvent, 'payment' | 'order' | 'isNamed'>): boolean {
  return payment !== null && (payment.purchase !== null || order.pack !== null || isNamed)
}

function verifySignature(raw: Uint8Array, signature: string, secret: string, now: Date): void {
  // The library accepts signatures from the future and treats a non-numeric time as no time.
  const times = [...signature.matchAll(/(?:^|,)t=([^,]*)/g)].map(([, time = '']) => time)
  const [time = ''] = times
  if (times.length !== 1 || !/^\d{1,12}$/.test(time)) throw wrongSignature()
  if (Number(time) * 1000 > now.getTime() + TOLERANCE_SECONDS * 1000) throw wrongSignature()
  if (!hasValidDigest(raw, signature, secret, now)) throw wrongSignature()
}

function hasValidDigest(raw: Uint8Array, signature: string, secret: string, now: Date): boolean {
  const { signature: verifier } = Stripe.webhooks
  try {
    // constructEvent would refuse events of version 2.
    return verifier?.verifyHeader(raw, signature, secret, TOLERANCE_SECONDS, undefined, +now) ?? false
  } catch {
    return false
  }
}

function wrongSignature() {
  return invalidRequest('Stripe-Signature', 'is not a valid signature of this body, made within five minutes')
}

/** Signs a body as Stripe does, for simulated events. */
export function signAsStripe(payload: string, secret: string, at: Date): string {
  return Stripe.webhooks.generateTestHeaderString({
    payload,
    secret,
    timestamp: Math.floor(at.getTime() / 1000),
  })
}
