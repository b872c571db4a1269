import Stripe from 'stripe'
import { z } from 'zod'
import type { PaymentEvent } from '../../domain/purchases/payment-facts.ts'
import { invalidRequest } from '../../domain/shared/refusals.ts'
import { toPaymentEvent } from './payment-events.ts'

/** How long a signature is valid, and how far clocks may differ. */
const TOLERANCE_SECONDS = 300

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
  /** metadata of a payment that no purchase of ours started */
  order: { account: string | null; pack: string | null; quantity: number; product: string | null }
}

const reference = z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)]).nullish()

const eventSchema = z.object({
  id: z.string().min(1).max(255),
  type: z.string().max(255),
  livemode: z.boolean(),
  created: z.number(),
  data: z.object({
    object: z.looseObject({
      id: z.string().nullish(),
      object: z.string().nullish(),
      customer: reference,
      subscription: reference,
      metadata: z.record(z.string(), z.string()).nullish().catch(null),
      parent: z
        .object({ subscription_details: z.object({ subscription: reference }).nullish() })
        .nullish()
        .catch(null),
    }),
  }),
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
  return eventOf(verified(raw, signature ?? '', secret, now))
}

/** An event from Stripe's API; null if it cannot be parsed. */
export function stripeEventOf(answered: unknown): StripeEvent | null {
  const parsed = eventSchema.safeParse(answered)
  return parsed.success ? eventOf(parsed.data) : null
}

function eventOf(event: z.infer<typeof eventSchema>): StripeEvent {
  const { id, type, livemode, created, data } = event
  const { object } = data
  const isSubscription = object.object === 'subscription'
  const named = object.parent?.subscription_details?.subscription ?? object.subscription
  return {
    id,
    type,
    livemode,
    created_at: new Date(created * 1000),
    object: object.id ?? null,
    customer: object.customer ?? null,
    subscription: (isSubscription ? object.id : named) ?? null,
    payment: named ? null : toPaymentEvent(object, type),
    order: {
      account: object.metadata?.account ?? null,
      pack: object.metadata?.pack ?? null,
      quantity: Number(object.metadata?.quantity ?? 1),
      product: object.metadata?.product ?? null,
    },
  }
}

function verified(raw: Uint8Array, signature: string, secret: string, now: Date) {
  // The library accepts signatures from the future and treats a non-numeric time as no time.
  const times = [...signature.matchAll(/(?:^|,)t=([^,]*)/g)].map(([, time = '']) => time)
  const [time = ''] = times
  if (times.length !== 1 || !/^\d{1,12}$/.test(time)) throw wrongSignature()
  if (Number(time) * 1000 > now.getTime() + TOLERANCE_SECONDS * 1000) throw wrongSignature()
  let event: unknown
  try {
    event = Stripe.webhooks.constructEvent(raw, signature, secret, TOLERANCE_SECONDS, undefined, +now)
  } catch {
    throw wrongSignature()
  }
  const parsed = eventSchema.safeParse(event)
  if (!parsed.success) throw invalidRequest('(body)', 'must be a Stripe event')
  return parsed.data
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
