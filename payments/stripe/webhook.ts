import Stripe from 'stripe'
import { z } from 'zod'
import type { PaymentEvent } from '../../domain/purchases/payment-facts.ts'
import { invalidRequest } from '../../domain/shared/refusals.ts'
import { toPaymentEvent } from './payment-events.ts'

/** A signature counts for this long, and a clock may be off by as much. */
const TOLERANCE_SECONDS = 300

/** What an event says, as far as anybody here needs it; how things stand is asked, not read from it. */
export type StripeEvent = {
  id: string
  type: string
  livemode: boolean
  created_at: Date
  /** the id of what it is about */
  object: string | null
  customer: string | null
  subscription: string | null
  /** what it tells of a payment that is no subscription's */
  payment: PaymentEvent | null
  /** what a payment says of itself that no purchase began */
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
 * Verifies and reads an event of Stripe.
 * @param raw the body as it came, to the byte
 * @param now real time, whatever clock the account lives by
 * @throws Refused invalid_request when the signature is wrong, too old or from the future, or the body is no event
 */
export function readStripeEvent(
  raw: Uint8Array,
  signature: string | undefined,
  secret: string,
  now: Date,
): StripeEvent {
  return eventOf(verified(raw, signature ?? '', secret, now))
}

/** An event that Stripe itself answered with; null where it is none that we can read. */
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
  // The library refuses old signatures only, and takes a time that is no number for none at all.
  const times = [...signature.matchAll(/(?:^|,)t=([^,]*)/g)].map(([, time = '']) => time)
  const [time = ''] = times
  if (times.length !== 1 || !/^\d{1,12}$/.test(time)) throw wrongSignature()
  if (Number(time) * 1000 > now.getTime() + TOLERANCE_SECONDS * 1000) throw wrongSignature()
  let event: unknown
  try {
    event = Stripe.webhooks.constructEvent(
      raw,
      signature,
      secret,
      TOLERANCE_SECONDS,
      undefined,
      now.getTime(),
    )
  } catch {
    throw wrongSignature()
  }
  const parsed = eventSchema.safeParse(event)
  if (!parsed.success) throw invalidRequest('(body)', 'must be an event of Stripe')
  return parsed.data
}

function wrongSignature() {
  return invalidRequest('Stripe-Signature', 'is not a valid signature of this body, made within five minutes')
}

/** The signature of a body as Stripe makes it, for events that are played. */
export function signAsStripe(payload: string, secret: string, at: Date): string {
  return Stripe.webhooks.generateTestHeaderString({
    payload,
    secret,
    timestamp: Math.floor(at.getTime() / 1000),
  })
}
