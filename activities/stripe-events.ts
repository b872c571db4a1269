import type { Db } from '../db/core/command.ts'
import { findPaidMembership } from '../db/memberships/references.ts'
import { findOwner } from '../db/memberships/subscription-owner.ts'
import { readPosition, savePosition } from '../db/operations/positions.ts'
import { findPurchaseOf, insertPaymentEvent } from '../db/purchases/payment-events.ts'
import { isDelivered, isProcessed, storeStripeEvent } from '../db/purchases/stripe-events.ts'
import { keepUnassigned } from '../db/purchases/unassigned-payments.ts'
import type { PaymentEvent } from '../domain/purchases/payment-facts.ts'
import { MOST_EVENTS, type StripeEvents } from '../payments/stripe/events.ts'
import { paymentIdOf } from '../payments/stripe/payment-events.ts'
import type { StripePayments } from '../payments/stripe/subscriptions.ts'
import { isMarked, type StripeEvent } from '../payments/stripe/webhook.ts'
import type { Policies } from '../platform/policy-store.ts'
import { raisingPollRefusals, usersOf } from './attention.ts'

export type StripeEventActivities = ReturnType<typeof stripeEventActivities>

/** An event that no webhook delivered, and the purchase or membership that it is about. */
export type MissedEvent = {
  kind: 'purchase' | 'membership'
  product: string
  account: string
  id: string
  /** of a membership that does not exist yet */
  subscription?: string
  event: Pick<StripeEvent, 'id' | 'type' | 'livemode'> & { created_at: string }
}

const SCHEDULE = 'stripe-events'
/** Stripe lists an event a moment after it happened, so each poll starts before the end of the last one. */
const OVERLAP_MS = 3_600_000

/** A batch of events; `position` is where the next batch starts, `until` how far Stripe was asked. */
type Batch = { missed: MissedEvent[]; position: string; until: string; more: boolean }

/** Finds events at Stripe whose webhooks were lost. */
export function stripeEventActivities({
  db,
  policies,
  stripe,
  stripeEvents,
  now,
}: {
  db: Db
  policies: Policies
  stripe: StripePayments | null
  stripeEvents: StripeEvents | null
  now: () => Date
}) {
  /** Products may share a Stripe account, so the membership or purchase is looked up in each. */
  async function recordIfMissed(missed: StripeEvent): Promise<MissedEvent | null> {
    const { payment, ...event } = missed
    const { id, type, livemode, created_at } = event
    const stored = { id, type, livemode, created_at: created_at.toISOString() }
    for (const product of policies.keys()) {
      const found = await findSubject(product, missed)
      if (!found) continue
      if (await isProcessed(db, product, event.id)) return null
      if (found.kind === 'purchase' && payment)
        await insertPaymentEvent(db, { product, provider: 'stripe', event_id: event.id }, payment)
      return { ...found, product, event: stored }
    }
    if (event.subscription !== null) {
      const started = await findNewMembership(event.id, event.subscription)
      return started && { ...started, event: stored }
    }
    if (payment && isMarked(missed)) await keep(event, payment)
    return null
  }

  /** The membership that a subscription starts, in the product that it belongs to. Without an account it is kept. */
  async function findNewMembership(event: string, subscription: string): Promise<Omit<MissedEvent, 'event'> | null> {
    const products = [...policies.keys()]
    for (const [product, { plans }] of policies) {
      if (!stripe || (await isDelivered(db, product, event))) continue
      const offer = { product, products, plans: Object.keys(plans) }
      const owner = await findOwner(db, offer, subscription, () => stripe.subscription(subscription))
      if (typeof owner !== 'string') return { kind: 'membership', product, ...owner, subscription }
    }
    return null
  }

  async function findSubject(
    product: string,
    event: StripeEvent,
  ): Promise<Pick<MissedEvent, 'kind' | 'account' | 'id'> | null> {
    const membership = await findPaidMembership(db, product, event)
    if (membership && !membership.closed) return { kind: 'membership', account: membership.account, id: membership.id }
    const purchase = event.payment && (await findPurchaseOf(db, product, event.payment))
    return purchase && { kind: 'purchase', account: purchase.account, id: purchase.purchase }
  }

  /** Keeps a payment that fits nothing for a person, if its product is known. */
  async function keep({ id: event_id, order }: Pick<StripeEvent, 'id' | 'order'>, event: PaymentEvent): Promise<void> {
    const [product] = [...policies.keys()].filter((name, _, all) => name === order.product || all.length === 1)
    const payment = paymentIdOf(event)
    if (!product || !payment || !event.paid) return
    await insertPaymentEvent(db, { product, provider: 'stripe', event_id }, event)
    await keepUnassigned(db, { product, provider: 'stripe', payment }, event)
  }

  return {
    /**
     * Finds events that webhooks missed and records them.
     * @param since ISO 8601; by default where the last poll ended, at first an hour ago
     */
    findMissedEvents: ({ since }: { since?: string }): Promise<Batch> =>
      raisingPollRefusals(db, usersOf(policies, 'stripe'), SCHEDULE, now(), async () => {
        const at = now()
        const from = since ?? (await readPosition(db, SCHEDULE)) ?? overlapping(at)
        const events = stripeEvents ? await stripeEvents(new Date(from), at) : []
        const missed: MissedEvent[] = []
        for (const event of events) {
          const found = await recordIfMissed(event)
          if (found) missed.push(found)
        }
        const more = events.length >= MOST_EVENTS
        const until = more ? (events.at(-1)?.created_at ?? at) : at
        const next = more ? until.toISOString() : overlapping(until)
        return { missed, position: next > from ? next : from, until: until.toISOString(), more }
      }),

    /** Records that the subjects of these events were signalled, and where the next poll starts. */
    markProcessed: async ({ missed, position }: Pick<Batch, 'missed' | 'position'>): Promise<void> => {
      for (const { product, event } of missed)
        await storeStripeEvent(
          db,
          product,
          {
            ...event,
            created_at: new Date(event.created_at),
            object: null,
            customer: null,
            subscription: null,
          },
          'processed',
        )
      await savePosition(db, SCHEDULE, position)
    },
  }
}

function overlapping(time: Date): string {
  return new Date(time.getTime() - OVERLAP_MS).toISOString()
}
