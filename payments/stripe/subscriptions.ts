import type Stripe from 'stripe'
import type { PaidLine, Subscription } from '../../domain/memberships/subscription.ts'
import { callStripe, nullIfMissing, type StripeAccess, stripeClient } from './client.ts'

/** More than a subscription has; Stripe pages by at most 100. */
const ALL = 10_000

/** Older invoices were processed before. */
const INVOICES = 24

/** A subscription's current state at Stripe, and whose it is. */
export type StripeSubscription = {
  customer: string
  /** metadata.account */
  account: string | null
  /** metadata.product, for several products in one Stripe account */
  product: string | null
  subscription: Subscription
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
  return { subscription: id => callStripe(() => readSubscription(stripe, id).catch(nullIfMissing)) }
}

async function readSubscription(stripe: Stripe, id: string): Promise<StripeSubscription> {
  const [found, { data: invoices }] = await Promise.all([
    stripe.subscriptions.retrieve(id),
    stripe.invoices.list({ subscription: id, status: 'paid', limit: INVOICES }),
  ])
  const { customer, metadata, status, trial_start, trial_end, ended_at } = found
  const items = found.items.has_more
    ? await stripe.subscriptionItems.list({ subscription: id, limit: 100 }).autoPagingToArray({ limit: ALL })
    : found.items.data
  return {
    customer: typeof customer === 'string' ? customer : customer.id,
    account: metadata.account ?? null,
    product: metadata.product ?? null,
    subscription: {
      status,
      plan: metadata.plan ?? null,
      items: items.map(({ id, price, quantity }) => ({ id, plan: price.lookup_key, slots: quantity ?? 1 })),
      lines: await paidLines(stripe, id, items, invoices),
      trial: trial_start && trial_end ? { from: timeOf(trial_start), to: timeOf(trial_end) } : null,
      cancel_at_period_end: endsWithPeriod(found, items),
      ended_at: ended_at === null ? null : timeOf(ended_at),
    },
  }
}

/** Stripe keeps the current period on each item since 2025, and a cancellation may be a date. */
function endsWithPeriod(
  { cancel_at_period_end, cancel_at }: Stripe.Subscription,
  items: Stripe.SubscriptionItem[],
): boolean {
  const periodEnds = Math.max(0, ...items.map(item => item.current_period_end))
  return cancel_at_period_end || (cancel_at !== null && cancel_at <= periodEnds)
}

/** An invoice's own period is the previous one, so its lines count. Stripe embeds the first ten. Credits pay for nothing. */
async function paidLines(
  stripe: Stripe,
  id: string,
  items: Stripe.SubscriptionItem[],
  invoices: Stripe.Invoice[],
): Promise<PaidLine[]> {
  const lines: Stripe.InvoiceLineItem[] = []
  for (const invoice of invoices)
    lines.push(
      ...(invoice.lines.has_more && invoice.id
        ? await stripe.invoices.listLineItems(invoice.id, { limit: 100 }).autoPagingToArray({ limit: ALL })
        : invoice.lines.data),
    )
  const lookupKeys = new Map(items.map(({ price }) => [price.id, price.lookup_key]))
  const paid: PaidLine[] = []
  for (const { parent, pricing, quantity, period, amount } of lines) {
    const details = parent?.subscription_item_details
    if (details?.subscription !== id || amount < 0) continue
    const price = pricing?.price_details?.price
    paid.push({
      item: details.subscription_item,
      plan: price ? await lookupKeyOf(stripe, lookupKeys, typeof price === 'string' ? price : price.id) : null,
      slots: quantity ?? 1,
      from: timeOf(period.start),
      to: timeOf(period.end),
      proration: details.proration,
    })
  }
  return paid
}

/** A price that no item has any more is looked up once. */
async function lookupKeyOf(stripe: Stripe, known: Map<string, string | null>, price: string): Promise<string | null> {
  if (!known.has(price)) {
    const found = await stripe.prices.retrieve(price).catch(nullIfMissing)
    known.set(price, found?.lookup_key ?? null)
  }
  return known.get(price) ?? null
}

function timeOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}
