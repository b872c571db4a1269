/**
 * What is known of one payment. Providers tell it in pieces: late, twice, in any order, or only when asked. Each piece
 * only ever adds, so whatever came and in whichever order, the same pieces make the same facts.
 */
export type PaymentEvent = {
  /** the purchase that the piece names itself */
  purchase: string | null
  /** the provider's own ids of this payment: of its session, payment, charge, sale */
  references: string[]
  paid?: { amount: number | null; currency: string | null; at: string | null }
  /** the payment failed for good, or its checkout was left until it expired */
  ended?: 'failed' | 'expired'
  /** money given back until then, in all, in minor units */
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

/** A later status wins over an earlier one, whichever came first here. */
const RANK: Record<DisputeStatus, number> = { open: 0, lost: 1, won: 2 }

/** All pieces together; the order of the pieces makes no difference. */
export function reducePaymentEvents(news: PaymentEvent[]): PaymentFacts {
  const facts: PaymentFacts = { paid: null, ended: null, refunded: 0, disputes: {} }
  for (const piece of news) {
    for (const paid of impliedPayments(piece))
      facts.paid = {
        amount: largest(facts.paid?.amount, paid.amount),
        currency: facts.paid?.currency ?? paid.currency,
        at: earliest(facts.paid?.at, paid.at),
      }
    if (piece.ended === 'failed' || facts.ended === null) facts.ended = piece.ended ?? facts.ended
    facts.refunded = Math.max(facts.refunded, piece.refunded?.amount ?? 0)
    if (piece.dispute) {
      const { id, amount, status } = piece.dispute
      const known = facts.disputes[id]
      facts.disputes[id] = {
        amount: Math.max(amount, known?.amount ?? 0),
        status: known && RANK[known.status] > RANK[status] ? known.status : status,
      }
    }
  }
  return facts
}

/** Only what was paid can be given back or disputed, so a refund that comes before its payment tells of both. */
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
