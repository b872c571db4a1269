import type { TimelineEvent } from '../memberships/membership.ts'
import { addDuration } from '../shared/calendar.ts'
import type { PurchaseTerms, Sale } from './packs.ts'
import type { DisputeStatus } from './payment-facts.ts'

/** A purchase. Times are ISO 8601 UTC texts of the account's clock, which compare as text; money is in minor units. */
export type Purchase = {
  pack: string
  quantity: number
  provider: Provider
  /** the way to pay that the customer chose; absent if they choose at the provider */
  payment_method?: string
  amount: number
  currency: string
  discount_percent: number
  /** of the whole purchase; a random amount is stored before anyone sees it */
  credits: number
  random_credits: boolean
  terms: PurchaseTerms
  time_zone: string
  state: PurchaseState
  bought_at: string
  paid_at: string | null
  /** when and how the credits were granted */
  given: { at: string; how: 'fulfilled' | 'reissued'; bonus: number } | null
  /** scheduled polls of the provider so far */
  asked: number
  checkout_url: string | null
  /** how often the provider refused to open its page; each try after a refusal has a new idempotency key */
  checkout_refusals?: number
  /** credits revoked for refunds */
  taken_for_refunds: number
  /** the credits of refunds that the provider reported, by cause, so that they can be restored */
  revocations?: Record<string, number>
  /** `amount` is what other payments do not cover */
  disputes: Record<string, { credits: number; status: DisputeStatus; amount?: number }>
  /** the part of the price refunded so far, according to the provider */
  money_back: number
  /** the total refunded so far, including overpayments */
  refunded_total?: number
  /** refunded by our own requests */
  refunded_here?: number
  /** the mismatch for which attention was raised */
  wrong_payment?: string | null
  refund: Refund | null
  /** for delivery by code: the valid code, how many emails with it were requested and tried, and why the last was not sent */
  code: { issue: number; emails: number; sent: number; unsent?: 'no_address' | 'rejected' | 'not_valid' | null } | null
  /** why it needs attention */
  attention: string | null
  /** whether nothing more happens automatically */
  closed: boolean
}

export type Provider = 'stripe' | 'gumroad' | 'invoice' | 'bank_transfer' | 'manual'

export const purchaseStates = [
  'awaiting_payment',
  'paid',
  'fulfilling',
  'delayed',
  'fulfilled',
  'reissued',
  'failed',
  'expired',
  'refunded',
  'disputed',
] as const
export type PurchaseState = (typeof purchaseStates)[number]

/** A refund that support requested. Its number is part of the idempotency key at the provider. */
export type Refund = {
  number: number
  credits: number
  amount: number
  reason: string
  state: 'pending' | 'done' | 'failed'
}

/** A step's effect on the ledger; effects apply in order, in one transaction. */
export type Effect =
  | { kind: 'grant'; what: 'credits' | 'bonus'; credits: number; source: string; validity: string }
  /** issues the code that `Purchase.code` names and invalidates earlier ones */
  | { kind: 'issue_code' }
  | {
      kind: 'take'
      what: 'credits' | 'bonus'
      cause: string
      credits: number
      /** if fewer credits are left: owe the rest, ignore it, or fail and decide again */
      short: 'debt' | 'leave' | 'retry'
      /** prefixes of causes whose credits count towards this amount */
      besides?: string[]
    }
  | { kind: 'restore'; cause: string }

/** A decision: the purchase afterwards, its effects on the ledger, and its timeline events. */
export type PurchaseStep = { purchase: Purchase; effects: Effect[]; events: TimelineEvent[] }

/** The first code, with its email requested and not sent. */
export const FIRST_CODE = { issue: 1, emails: 1, sent: 0 }

/** A Stripe checkout is open for 24 h, and Stripe reports its expiry within another hour. */
const LAST_POLL_MINUTES = 25 * 60
/** Providers whose API reports payments. */
const POLLED: Provider[] = ['stripe', 'gumroad']

/** A step without effects. */
export function stepTo(purchase: Purchase, ...events: TimelineEvent[]): PurchaseStep {
  return { purchase, effects: [], events }
}

/** Whether the credits wait for a payment. A free purchase needs none, an invoice comes later. */
export function needsPayment({ provider, amount }: Pick<Purchase, 'provider' | 'amount'>): boolean {
  return provider !== 'invoice' && amount > 0
}

/** The state of a purchase without payment events. */
export function withoutPayments(purchase: Pick<Purchase, 'provider' | 'amount'>) {
  return {
    state: needsPayment(purchase) ? 'awaiting_payment' : 'paid',
    paid_at: null,
    given: null,
    taken_for_refunds: 0,
    revocations: {},
    disputes: {},
    money_back: 0,
    refunded_total: 0,
    refunded_here: 0,
    wrong_payment: null,
    refund: null,
    code: null,
    attention: null,
    closed: false,
  } as const
}

/** Starts a purchase. One on invoice counts as paid: its price is a line of the month's invoice (LS-12). So does a free one. */
export function beginPurchase(
  sale: Sale,
  order: { credits: number; provider: Provider; payment_method?: string | undefined; time_zone: string },
  at: string,
): PurchaseStep {
  const { pack, quantity, amount, currency, discount_percent, terms } = sale
  const { credits, provider, payment_method, time_zone } = order
  const purchase: Purchase = {
    pack,
    quantity,
    provider,
    ...(payment_method ? { payment_method } : {}),
    amount,
    currency,
    discount_percent,
    credits,
    random_credits: typeof sale.credits !== 'number',
    terms,
    time_zone,
    bought_at: at,
    asked: 0,
    checkout_url: null,
    ...withoutPayments({ provider, amount }),
  }
  return stepTo(purchase, { at, what: 'ordered', detail: { pack, quantity, amount, currency, provider } })
}

/** The end of the refund window; null if the policy never refunds. */
export function refundUntil({ terms, bought_at, paid_at, time_zone }: Purchase): string | null {
  if (terms.refund === 'never') return null
  return addDuration(new Date(paid_at ?? bought_at), terms.refund.window, time_zone).toISOString()
}

/** When an order that waits for a bank transfer expires. */
export function transferUntil({ terms, bought_at, time_zone }: Purchase): string {
  return addDuration(new Date(bought_at), terms.transfer_within, time_zone).toISOString()
}

/** Whether the credits are paid for, or invoiced, and not granted yet. */
export function isOwed(purchase: Purchase): boolean {
  const { state, paid_at, refund } = purchase
  if (paid_at === null && needsPayment(purchase)) return false
  if (refund?.state === 'pending') return false
  return state === 'paid' || state === 'fulfilling' || state === 'delayed'
}

/** Whether an email with the code was requested and not sent yet. */
export function needsEmail({ code }: Pick<Purchase, 'code'>): boolean {
  return code !== null && code.sent < code.emails
}

/** Whether anything may still happen automatically, or a person must act. */
export function isOpen(purchase: Purchase): boolean {
  const { state, refund, attention, given, closed, disputes } = purchase
  return (
    state === 'awaiting_payment' ||
    state === 'delayed' ||
    isOwed(purchase) ||
    refund?.state === 'pending' ||
    needsEmail(purchase) ||
    attention !== null ||
    (given !== null && !closed) ||
    Object.values(disputes).some(dispute => dispute.status === 'open')
  )
}

/** When the next timed step is due: a poll, the alarm for late credits, or the end of the refund window; null if never. */
export function nextDueOf(purchase: Purchase): string | null {
  const { state, bought_at, paid_at, terms, asked, provider, given, closed } = purchase
  if (closed) return null
  if (state === 'awaiting_payment' && provider === 'bank_transfer') return asked === 0 ? transferUntil(purchase) : null
  if (state === 'awaiting_payment') {
    const minutes = POLLED.includes(provider) ? [terms.within_minutes, LAST_POLL_MINUTES][asked] : undefined
    return minutes === undefined ? null : minutesAfter(bought_at, minutes)
  }
  if (state === 'paid' || state === 'fulfilling') return minutesAfter(paid_at ?? bought_at, terms.within_minutes)
  return given ? refundUntil(purchase) : null
}

/** Whether credits that are not granted yet are late by the policy (BR-10). */
export function isLate({ bought_at, paid_at, terms }: Purchase, at: string): boolean {
  return at >= minutesAfter(paid_at ?? bought_at, terms.within_minutes)
}

function minutesAfter(time: string, minutes: number): string {
  return new Date(Date.parse(time) + minutes * 60_000).toISOString()
}
