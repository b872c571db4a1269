import type Stripe from 'stripe'
import type { SubscriptionSnapshot } from '../../domain/memberships/subscription-snapshot.ts'
import { isMissing, type StripeAccess, stripeClient, unavailable } from './client.ts'

/** The newest invoices are enough: what was paid before them was heard of before. */
const INVOICES = 24

/** A subscription as Stripe has it now, and who it says it belongs to. */
export type StripeSubscription = {
  customer: string
  /** metadata.account, the account's name here */
  account: string | null
  /** metadata.product, where several products share one Stripe account */
  product: string | null
  snapshot: SubscriptionSnapshot
}

/** Stripe, as far as Lotkeeper asks it. */
export type StripePayments = {
  /**
   * A subscription as it stands now; null where Stripe knows none of this id.
   * @throws Refused temporarily_unavailable when Stripe cannot be reached or refuses to answer
   */
  subscription(id: string): Promise<StripeSubscription | null>
}

/** Stripe behind the official library; null without a key. */
export function stripeFor({ secretKey, apiBase }: StripeAccess): StripePayments | null {
  if (!secretKey) return null
  const stripe = stripeClient(secretKey, apiBase)
  return {
    subscription: async id => {
      try {
        const [subscription, paid] = await Promise.all([
          stripe.subscriptions.retrieve(id),
          stripe.invoices.list({ subscription: id, status: 'paid', limit: INVOICES }),
        ])
        return subscriptionOf(subscription, paid.data)
      } catch (error) {
        if (isMissing(error)) return null
        throw unavailable(error)
      }
    },
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

/** Since 2025 Stripe keeps the running period with each item, and an end may also be a date. */
function endsWithPeriod({ cancel_at_period_end, cancel_at, items }: Stripe.Subscription): boolean {
  const periodEnds = Math.max(0, ...items.data.map(item => item.current_period_end))
  return cancel_at_period_end || (cancel_at !== null && cancel_at <= periodEnds)
}

/**
 * The periods that paid invoices paid for, and the trial. The period of an invoice itself is the one before; that of its
 * lines counts. A proration is for a part of a period, whose whole an invoice of its own pays.
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
