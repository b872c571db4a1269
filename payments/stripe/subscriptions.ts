import type Stripe from 'stripe'
import type { SubscriptionChange } from '../../domain/memberships/membership.ts'
import type { SubscriptionPayment } from '../../domain/memberships/subscriptions/refund.ts'
import type { Money, PaidLine, Subscription } from '../../domain/memberships/subscriptions/subscription.ts'
import { callStripe, nullIfMissing, readAll, type StripeAccess, stripeClient } from './client.ts'
import { type PaymentsOf, paymentsOf } from './invoice-payments.ts'
import { moneyBackOf, referencesOf } from './money-back.ts'
import { type PaymentRefund, refundPayment, subscriptionPayments } from './subscription-refunds.ts'

/** A subscription's current state at Stripe, and its owner. */
export type StripeSubscription = {
  customer: string
  /** metadata.account */
  account: string | null
  /** metadata.product, for several products in one Stripe account */
  product: string | null
  /** ids of its paid invoices and their payments */
  references: string[]
  subscription: Subscription
  payments: SubscriptionPayment[]
}

/** The calls of Stripe's API for subscriptions and invoices. */
export type StripePayments = {
  /** A subscription's current state; null if unknown. @throws Refused temporarily_unavailable */
  subscription(id: string): Promise<StripeSubscription | null>
  /**
   * Cancels a subscription, or undoes a cancellation. An ended one is unchanged.
   * @throws Refused provider_refused if it is final; temporarily_unavailable if the outcome is unknown
   */
  change(id: string, to: SubscriptionChange['to'], idempotencyKey: string): Promise<void>
  /** Refunds a payment once per idempotency key. @throws Refused provider_refused, temporarily_unavailable */
  refund(refund: PaymentRefund): Promise<void>
  /** The ids of an invoice's payments. @throws Refused provider_refused, temporarily_unavailable */
  paymentsOf: PaymentsOf
}

/** Stripe's subscriptions; null without a key. */
export function stripeFor({ secretKey, apiBase }: StripeAccess): StripePayments | null {
  if (!secretKey) return null
  const stripe = stripeClient(secretKey, apiBase)
  return {
    subscription: id => callStripe(() => readSubscription(stripe, id).catch(nullIfMissing)),
    change: (id, to, idempotencyKey) =>
      callStripe(async () => {
        await changeSubscription(stripe, id, to, idempotencyKey).catch(nullIfMissing)
      }),
    refund: refund => callStripe(() => refundPayment(stripe, refund)),
    paymentsOf: invoice => callStripe(() => paymentsOf(stripe)(invoice)),
  }
}

function changeSubscription(stripe: Stripe, id: string, to: SubscriptionChange['to'], idempotencyKey: string) {
  if (to === 'cancelled') return stripe.subscriptions.cancel(id, {}, { idempotencyKey })
  const cancel_at_period_end = to === 'cancelled_at_period_end'
  return stripe.subscriptions.update(id, { cancel_at_period_end }, { idempotencyKey })
}

async function readSubscription(stripe: Stripe, id: string): Promise<StripeSubscription> {
  const [found, data] = await Promise.all([
    stripe.subscriptions.retrieve(id),
    readAll(stripe.invoices.list({ subscription: id, limit: 100, expand: ['data.payments'] })),
  ])
  const invoices = await Promise.all(data.filter(wasPaid).map(invoice => withAllPayments(stripe, invoice)))
  const customer = typeof found.customer === 'string' ? found.customer : found.customer.id
  const back = await moneyBackOf(stripe, customer, invoices)
  const { metadata, status, trial_start, trial_end, billing_cycle_anchor, ended_at } = found
  const items = found.items.has_more
    ? await readAll(stripe.subscriptionItems.list({ subscription: id, limit: 100 }))
    : found.items.data
  return {
    customer,
    account: metadata.account ?? null,
    product: metadata.product ?? null,
    references: invoices.flatMap(referencesOf),
    payments: subscriptionPayments(invoices, back),
    subscription: {
      status,
      plan: metadata.plan ?? null,
      items: items.map(({ id, price, quantity }) => ({ id, plan: planOf(price), slots: quantity ?? 1 })),
      lines: await linesOf(stripe, id, items, invoices, back),
      given_up: await linesOf(stripe, id, items, data.filter(isGivenUp), new Map()),
      trial: trial_start && trial_end ? { from: timeOf(trial_start), to: timeOf(trial_end) } : null,
      cancel_at_period_end: endsWithPeriod(found, items),
      billing_anchor: timeOf(billing_cycle_anchor),
      ended_at: ended_at === null ? null : timeOf(ended_at),
    },
  }
}

/** Stripe embeds the first payments of an invoice. */
async function withAllPayments(stripe: Stripe, invoice: Stripe.Invoice): Promise<Stripe.Invoice> {
  const { id, payments } = invoice
  if (!id || !payments?.has_more) return invoice
  const data = await readAll(stripe.invoicePayments.list({ invoice: id, limit: 100 }))
  return { ...invoice, payments: { ...payments, data, has_more: false } }
}

/** An invoice that was given up after it was paid gave all its money back. */
function wasPaid({ status, status_transitions }: Stripe.Invoice): boolean {
  return status === 'paid' || ((status === 'void' || status === 'uncollectible') && status_transitions.paid_at !== null)
}

function isGivenUp(invoice: Stripe.Invoice): boolean {
  return (invoice.status === 'void' || invoice.status === 'uncollectible') && !wasPaid(invoice)
}

/** Stripe keeps the current period on each item since 2025, and a cancellation may be a date. */
function endsWithPeriod(
  { cancel_at_period_end, cancel_at }: Stripe.Subscription,
  items: Stripe.SubscriptionItem[],
): boolean {
  const periodEnds = Math.max(0, ...items.map(item => item.current_period_end))
  return cancel_at_period_end || (cancel_at !== null && cancel_at <= periodEnds)
}

/** An invoice's own period is the previous one, so its lines count. Stripe embeds the first ten. */
async function linesOf(
  stripe: Stripe,
  id: string,
  items: Stripe.SubscriptionItem[],
  invoices: Stripe.Invoice[],
  back: Map<string, Money>,
): Promise<PaidLine[]> {
  const lines: { invoice: string; plan_then?: string; line: Stripe.InvoiceLineItem }[] = []
  for (const { id: invoice = '', lines: embedded, parent } of invoices) {
    const plan_then = parent?.subscription_details?.metadata?.plan
    const all = embedded.has_more
      ? await readAll(stripe.invoices.listLineItems(invoice, { limit: 100 }))
      : embedded.data
    lines.push(...all.map(line => ({ invoice, ...(plan_then ? { plan_then } : {}), line })))
  }
  const known = new Map(items.map(({ price }) => [price.id, planOf(price)]))
  const paid: PaidLine[] = []
  for (const { line, ...invoice } of lines) {
    const { parent, pricing, quantity, period, amount } = line
    const details = parent?.subscription_item_details
    if (details?.subscription !== id) continue
    const price = pricing?.price_details?.price
    const returned = back.get(invoice.invoice)
    paid.push({
      item: details.subscription_item,
      plan: price ? await planOfId(stripe, known, typeof price === 'string' ? price : price.id) : null,
      slots: quantity ?? 1,
      from: timeOf(period.start),
      to: timeOf(period.end),
      proration: details.proration,
      amount,
      ...invoice,
      ...(returned ? { back: returned } : {}),
    })
  }
  return paid
}

/** A price whose lookup key was transferred to another price may keep its plan in metadata. */
function planOf({ lookup_key, metadata }: Stripe.Price): string | null {
  return lookup_key ?? metadata.plan ?? null
}

/** The price of a replaced item is looked up once. */
async function planOfId(stripe: Stripe, known: Map<string, string | null>, price: string): Promise<string | null> {
  if (!known.has(price)) {
    const found = await stripe.prices.retrieve(price).catch(nullIfMissing)
    known.set(price, found && planOf(found))
  }
  return known.get(price) ?? null
}

function timeOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}
