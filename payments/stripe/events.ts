import type Stripe from 'stripe'
import { callStripe, type StripeAccess, stripeClient } from './client.ts'
import { polledEventTypes } from './event-types.ts'
import { paymentsOf, withInvoicePayments } from './invoice-payments.ts'
import { type StripeEvent, stripeEventOf } from './webhook.ts'

/** The most events of one poll; the next one continues. */
export const MOST_EVENTS = 1_000
const WINDOW_SECONDS = 3_600
/** How long Stripe keeps events. */
const RETENTION_SECONDS = 30 * 86_400

/** The events since a time, oldest first. @throws Refused temporarily_unavailable */
export type StripeEvents = (since: Date, now: Date) => Promise<StripeEvent[]>

/** Polls Stripe's events, which it keeps for thirty days; null without a key. */
export function stripeEventsFor({ secretKey, apiBase }: StripeAccess): StripeEvents | null {
  if (!secretKey) return null
  const stripe = stripeClient(secretKey, apiBase)
  return (since, now) => callStripe(() => readEvents(stripe, toSeconds(since), toSeconds(now)))
}

/** Stripe lists the newest first, so reads one window after the other, each to its end. */
async function readEvents(stripe: Stripe, since: number, now: number): Promise<StripeEvent[]> {
  const events: StripeEvent[] = []
  for (
    let gte = Math.max(since, now - RETENTION_SECONDS);
    gte <= now && events.length < MOST_EVENTS;
    gte += WINDOW_SECONDS
  ) {
    const created = { gte, lt: gte + WINDOW_SECONDS }
    const lists = await Promise.all(polledEventTypes.map(types => readWindow(stripe, created, types)))
    events.push(...lists.flat().sort((a, b) => a.created_at.getTime() - b.created_at.getTime()))
  }
  return events
}

async function readWindow(
  stripe: Stripe,
  created: { gte: number; lt: number },
  types: string[],
): Promise<StripeEvent[]> {
  const window: StripeEvent[] = []
  for await (const event of stripe.events.list({ created, types, limit: 100 })) {
    const known = stripeEventOf(event)
    if (!known) continue
    const payment = known.payment && (await withInvoicePayments(known.payment, paymentsOf(stripe)))
    window.unshift({ ...known, payment })
  }
  return window
}

function toSeconds(time: Date): number {
  return Math.floor(time.getTime() / 1000)
}
