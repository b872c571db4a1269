import { type StripeAccess, stripeClient, unavailable } from './client.ts'
import { type StripeEvent, stripeEventOf } from './webhook.ts'

/** What tells of payments; Stripe lists by twenty types at most. */
const TYPES = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
  'charge.refunded',
  'charge.dispute.created',
  'charge.dispute.closed',
]
/** At once, the oldest first, so that what is left over comes next time. */
export const MOST_EVENTS = 1_000

/** The events of payments since a time, the oldest first. @throws Refused temporarily_unavailable */
export type StripeEvents = (since: Date) => Promise<StripeEvent[]>

/** Asks Stripe for its events, which it keeps for thirty days; null without a key. */
export function stripeEventsFor({ secretKey, apiBase }: StripeAccess): StripeEvents | null {
  if (!secretKey) return null
  const stripe = stripeClient(secretKey, apiBase)
  return async since => {
    try {
      const created = { gte: Math.floor(since.getTime() / 1000) }
      const newestFirst = stripe.events.list({ created, types: TYPES, limit: 100 })
      const events = (await newestFirst.autoPagingToArray({ limit: 10_000 })).reverse().slice(0, MOST_EVENTS)
      return events.map(stripeEventOf).filter(event => event !== null)
    } catch (error) {
      throw unavailable(error)
    }
  }
}
