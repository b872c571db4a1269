/**
 * One thing a provider reported about a payment. Events may arrive late, twice and in any order, or only when polled. They
 * fold into monotonic facts, so the order makes no difference.
 */
export type PaymentEvent = {
  /** the purchase that the event names */
  purchase: string | null
  /** the provider's ids of the session, payment, charge or sale */
  references: string[]
  paid?: { amount: number | null; currency: string | null; at: string | null }
  /** the payment failed for good, or the checkout expired */
  ended?: 'failed' | 'expired'
  /** the total refunded so far, in minor units */
  refunded?: { amount: number; of: number }
  dispute?: { id: string; amount: number; status: DisputeStatus }
}

export type DisputeStatus = 'open' | 'lost' | 'won'

export type PaymentFacts = {
  paid: { amount: number | null; currency: string | null; at: string | null } | null
  ended: 'failed' | 'expired' | null
  refunded: number
  disputes: Record<string, { amount: number; status: DisputeStatus }>
}

/** The status of the highest rank wins, in whatever order the events arrive. */
const RANK: Record<DisputeStatus, number> = { open: 0, lost: 1, won: 2 }

/** Folds events into facts. */
export function reducePaymentEvents(events: PaymentEvent[]): PaymentFacts {
  const facts: PaymentFacts = { paid: null, ended: null, refunded: 0, disputes: {} }
  for (const event of events) {
    for (const paid of impliedPayments(event))
      facts.paid = {
        amount: largest(facts.paid?.amount, paid.amount),
        currency: facts.paid?.currency ?? paid.currency,
        at: earliest(facts.paid?.at, paid.at),
      }
    if (event.ended === 'failed' || facts.ended === null) facts.ended = event.ended ?? facts.ended
    facts.refunded = Math.max(facts.refunded, event.refunded?.amount ?? 0)
    if (event.dispute) {
      const { id, amount, status } = event.dispute
      const known = facts.disputes[id]
      facts.disputes[id] = {
        amount: Math.max(amount, known?.amount ?? 0),
        status: known && RANK[known.status] > RANK[status] ? known.status : status,
      }
    }
  }
  return facts
}

/** A refund or a dispute implies a payment, which may be reported later. */
function impliedPayments({ paid, refunded, dispute }: PaymentEvent) {
  const unknown = { amount: null, currency: null, at: null }
  return [
    ...(paid ? [paid] : []),
    ...(refunded && refunded.amount > 0 ? [{ ...unknown, amount: refunded.of }] : []),
    ...(dispute ? [unknown] : []),
  ]
}

function largest(a: number | null | undefined, b: number | null): number | null {
  if (a === null || a === undefined) return b
  return b === null ? a : Math.max(a, b)
}

function earliest(a: string | null | undefined, b: string | null): string | null {
  if (a === null || a === undefined) return b
  return b === null || a < b ? a : b
}
