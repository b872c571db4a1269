import type Stripe from 'stripe'
import type { SubscriptionSnapshot } from '../../domain/memberships/subscription-snapshot.ts'
import { callStripe, nullIfMissing, type StripeAccess, stripeClient } from './client.ts'

/** Older invoices were processed before. */
const INVOICES = 24

/** A subscription's current state at Stripe, and whose it is. */
export type StripeSubscription = {
  customer: string
  /** metadata.account */
  account: string | null
  /** metadata.product, for several products in one Stripe account */
  product: string | null
  snapshot: SubscriptionSnapshot
}

/** The calls of Stripe's API for subscriptions. */
export type StripePayments = {
  /** A subscription's current state; null if unknown. @throws Refused temporarily_unavailable */
  subscription(id: string): Promise<StripeSubscription | null>
}

/** Stripe's subscriptions; null without a key. */
export function stripeFor({ secretKey, apiBase }: StripeAccess): StripePayments | null {
  if (!secretKey) return null
  const stripe = stripeClient(secretKey, apiBase)
  return {
    subscription: id =>
      callStripe(async () => {
        const invoices = stripe.invoices.list({ subscription: id, status: 'paid', limit: INVOICES })
        const found = await Promise.all([stripe.subscriptions.retrieve(id), invoices]).catch(nullIfMissing)
        return found && subscriptionOf(found[0], found[1].data)
      }),
  }
}

function subscriptionOf(subscription: Stripe.Subscription, paid: Stripe.Invoice[]): StripeSubscription {
  const { customer, metadata, items, status, trial_end, ended_at } = subscription
  const quantity = items.data[0]?.quantity ?? 1
  const byPrice = items.data.flatMap(item =>
    item.price.lookup_key ? [{ plan: item.price.lookup_key, slots: item.quantity ?? 1 }] : [],
  )
  return {
    customer: typeof customer === 'string' ? customer : customer.id,
    account: metadata.account ?? null,
    product: metadata.product ?? null,
    snapshot: {
      status,
      plans: [...byPrice, ...(metadata.plan ? [{ plan: metadata.plan, slots: quantity }] : [])],
      paid: paidPeriods(subscription, paid),
      trial_ends_at: trial_end === null ? null : timeOf(trial_end),
      cancel_at_period_end: endsWithPeriod(subscription),
      ended_at: ended_at === null ? null : timeOf(ended_at),
    },
  }
}

/** Stripe keeps the current period on each item since 2025, and a cancellation may be a date. */
function endsWithPeriod({ cancel_at_period_end, cancel_at, items }: Stripe.Subscription): boolean {
  const periodEnds = Math.max(0, ...items.data.map(item => item.current_period_end))
  return cancel_at_period_end || (cancel_at !== null && cancel_at <= periodEnds)
}

/**
 * The periods of paid invoices, and the trial. An invoice's own period is the previous one, so its lines count. Prorations
 * cover parts of a period that another invoice pays in full.
 */
function paidPeriods({ id, trial_start, trial_end }: Stripe.Subscription, paid: Stripe.Invoice[]) {
  const periods = paid
    .flatMap(invoice => invoice.lines.data)
    .filter(({ parent }) => {
      const details = parent?.subscription_item_details
      return details?.subscription === id && !details.proration
    })
    .map(({ period }) => period)
  if (trial_start !== null && trial_end !== null) periods.push({ start: trial_start, end: trial_end })
  return periods
    .filter(({ start, end }) => end > start)
    .sort((a, b) => a.start - b.start || a.end - b.end)
    .map(({ start, end }) => ({ from: timeOf(start), to: timeOf(end) }))
}

function timeOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}
