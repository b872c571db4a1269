/**
 * One thing a provider reported about a payment. Events may arrive late, twice and in any order, or only when polled. They
 * fold into facts, so the order makes no difference.
 */
export type PaymentEvent = {
  /** the purchase that the event names */
  purchase: string | null
  /** the provider's ids of the session, payment, charge or sale */
  references: string[]
  paid?: Paid
  /** the payment failed for good, or the checkout expired */
  ended?: 'failed' | 'expired'
  /**
   * the total refunded of the payment at a time by the provider's clock, in minor units: `all` if the provider tells only
   * that, null if the amount is unreadable
   */
  refunded?: { amount: number | 'all' | null; of: number | null; as_of?: string | null }
  /** one refund; `number` is set if we requested it */
  refund?: { id: string; amount: number; failed: boolean; at: string | null; number: number | null }
  /** a credit note after the payment, for money that no refund returned: it went to the customer's balance, for example */
  credited?: { id: string; amount: number; voided: boolean }
  dispute?: { id: string; amount: number; currency?: string | null; status: DisputeStatus }
}

/** A payment as one event reports it. Null: unknown. */
export type Paid = {
  amount: number | null
  currency: string | null
  at: string | null
  /** the discount of the seller's promotion code at the provider */
  discount?: number
  quantity?: number
  /** the page it was paid on, if that page sells no pack of the policy */
  page?: string
}

/** The state of the disputed money: withdrawn for now, withdrawn for good, or returned. */
export type DisputeStatus = 'open' | 'lost' | 'won'

/** One payment: everything that shares its references, which at Stripe is one payment intent. */
export type Payment = {
  references: string[]
  /** its payments according to its events; each is judged by itself */
  paid: Paid[]
  /** all that went back, by refunds and credit notes; REFUNDED_IN_FULL where all of an unknown amount was refunded */
  refunded: number
  /** the part of it that credit notes returned */
  credited?: number
  /** whether a refund of an unreadable amount may add to it */
  unknown_refund?: boolean
  /** the numbers of our refunds that failed after the provider had accepted them */
  failed_refunds: number[]
  disputes: Record<string, Omit<NonNullable<PaymentEvent['dispute']>, 'id'>>
}

export type PaymentFacts = { payments: Payment[]; ended: 'failed' | 'expired' | null }

/** More than any payment. */
export const REFUNDED_IN_FULL = Number.MAX_SAFE_INTEGER

/** The status of the highest rank wins, so the order of the events does not matter. */
const RANK: Record<DisputeStatus, number> = { open: 0, lost: 1, won: 2 }

/** Folds events into facts. */
export function reducePaymentEvents(events: PaymentEvent[]): PaymentFacts {
  const ends = events.map(event => event.ended)
  return {
    payments: groupByReferences(events)
      .map(toPayment)
      .sort((a, b) => compare(paidAt(a), paidAt(b)) || compare(a.references[0] ?? '', b.references[0] ?? '')),
    ended: ends.find(end => end === 'failed') ?? ends.find(end => end !== undefined) ?? null,
  }
}

/** When the first payment was made; null if unknown. */
export function firstPaidAt({ payments }: PaymentFacts): string | null {
  return payments.map(paidAt).find(at => at !== '') ?? null
}

/** An event may connect payments that were apart, such as a session's with a charge's. */
function groupByReferences(events: PaymentEvent[]): PaymentEvent[][] {
  let groups: { references: Set<string>; events: PaymentEvent[] }[] = []
  for (const event of events) {
    const joined = { references: new Set(event.references), events: [event] }
    const others: typeof groups = []
    for (const group of groups) {
      if (!event.references.some(reference => group.references.has(reference))) {
        others.push(group)
        continue
      }
      for (const reference of group.references) joined.references.add(reference)
      joined.events.push(...group.events)
    }
    groups = [...others, joined]
  }
  return groups.map(group => group.events)
}

function toPayment(events: PaymentEvent[]): Payment {
  const disputes: Payment['disputes'] = {}
  for (const { dispute } of events) {
    if (!dispute) continue
    const { id, amount, currency, status } = dispute
    const known = disputes[id]
    disputes[id] = {
      amount: Math.max(amount, known?.amount ?? 0),
      currency: known?.currency ?? currency ?? null,
      status: known && RANK[known.status] > RANK[status] ? known.status : status,
    }
  }
  const failed = refundsOf(events).filter(refund => refund.failed)
  const credited = creditedOf(events)
  const refunds = refundedOf(events)
  const refunded = refunds === REFUNDED_IN_FULL ? refunds : refunds + credited
  const isUnknown = events.some(event => event.refunded?.amount === null) && refunded < paidOf(events)
  const numbers = failed.flatMap(({ number }) => (number === null ? [] : [number]))
  return {
    references: [...new Set(events.flatMap(event => event.references))].sort(),
    paid: distinct(events.flatMap(({ paid }) => (paid ? [paid] : []))),
    refunded,
    ...(credited > 0 ? { credited } : {}),
    ...(isUnknown ? { unknown_refund: true } : {}),
    failed_refunds: numbers.sort((a, b) => a - b),
    disputes,
  }
}

/**
 * The latest total that the provider reported, less refunds that failed since, and at least the known refunds: a failed
 * refund may be reported without a new total, and a total without its refunds.
 */
function refundedOf(events: PaymentEvent[]): number {
  const totals = events.flatMap(({ refunded }) => (refunded && refunded.amount !== null ? [refunded] : []))
  const asOf =
    totals
      .map(total => total.as_of ?? '')
      .sort()
      .at(-1) ?? ''
  const amounts = totals.filter(total => (total.as_of ?? '') === asOf).map(({ amount }) => amount ?? 0)
  const latest = Math.max(0, ...amounts.map(amount => (amount === 'all' ? paidOf(events) : amount)))
  const refunds = refundsOf(events)
  const failedSince = refunds.filter(({ failed, at }) => failed && (at === null || at >= asOf))
  const made = refunds.filter(({ failed }) => !failed)
  return Math.max(latest - sumOf(failedSince), sumOf(made), 0)
}

/** The money of credit notes; a refund that is attached to a note later lowers its amount. */
function creditedOf(events: PaymentEvent[]): number {
  const notes = new Map<string, number>()
  for (const { credited } of events)
    if (credited)
      notes.set(credited.id, Math.min(credited.voided ? 0 : credited.amount, notes.get(credited.id) ?? credited.amount))
  return [...notes.values()].reduce((sum, amount) => sum + amount, 0)
}

/** The amount that the payment's events report; more than any if none does. */
function paidOf(events: PaymentEvent[]): number {
  const known = events.flatMap(({ paid }) => paid?.amount ?? [])
  return known.length > 0 ? Math.max(...known) : REFUNDED_IN_FULL
}

/** The refunds that are known one by one; a failed refund stays failed, and its first known time counts. */
function refundsOf(events: PaymentEvent[]) {
  const refunds = new Map<string, NonNullable<PaymentEvent['refund']>>()
  for (const { refund } of events) {
    if (!refund) continue
    const known = refunds.get(refund.id)
    const number = known?.number ?? refund.number
    if (!known || (refund.failed && !known.failed)) refunds.set(refund.id, { ...refund, number })
    else if (refund.failed === known.failed)
      refunds.set(refund.id, { ...known, number, at: earliest(known.at, refund.at) })
    else refunds.set(refund.id, { ...known, number })
  }
  return [...refunds.values()]
}

function distinct(paid: Paid[]): Paid[] {
  const byText = new Map(paid.map(one => [JSON.stringify(one), one]))
  return [...byText].sort(([a], [b]) => compare(a, b)).map(([, one]) => one)
}

function paidAt({ paid }: Payment): string {
  return paid.reduce<string | null>((at, one) => earliest(at, one.at), null) ?? ''
}

function earliest(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b
  return a < b ? a : b
}

function sumOf(refunds: { amount: number }[]): number {
  return refunds.reduce((sum, { amount }) => sum + amount, 0)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
