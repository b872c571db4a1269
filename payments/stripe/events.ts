import { callStripe, type StripeAccess, stripeClient } from './client.ts'
import { type StripeEvent, stripeEventOf } from './webhook.ts'

/** The payment events. Stripe's API filters by at most twenty types. */
const TYPES = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
  'charge.refunded',
  'charge.dispute.created',
  'charge.dispute.closed',
]
/** Per poll, oldest first; the next poll continues. */
export const MOST_EVENTS = 1_000

/** The payment events since a time, oldest first. @throws Refused temporarily_unavailable */
export type StripeEvents = (since: Date) => Promise<StripeEvent[]>

/** Polls Stripe's events, which it keeps for thirty days; null without a key. */
export function stripeEventsFor({ secretKey, apiBase }: StripeAccess): StripeEvents | null {
  if (!secretKey) return null
  const stripe = stripeClient(secretKey, apiBase)
  return since =>
    callStripe(async () => {
      const created = { gte: Math.floor(since.getTime() / 1000) }
      const newestFirst = stripe.events.list({ created, types: TYPES, limit: 100 })
      const events = (await newestFirst.autoPagingToArray({ limit: 10_000 })).reverse().slice(0, MOST_EVENTS)
      return events.map(stripeEventOf).filter(event => event !== null)
    })
}
