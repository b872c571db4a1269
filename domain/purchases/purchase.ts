import { needsEmail } from '../codes/purchase-codes.ts'
import type { TimelineEvent } from '../memberships/membership.ts'
import { addDuration } from '../shared/calendar.ts'
import type { PurchaseTerms, Sale } from './packs.ts'
import type { DisputeStatus } from './payment-facts.ts'

/**
 * The rules of a purchase, as data in and data out. Times are ISO 8601 UTC texts of the account's clock, which compare
 * as they stand; money is in minor units.
 */
export type Purchase = {
  pack: string
  quantity: number
  provider: Provider
  amount: number
  currency: string
  discount_percent: number
  /** of the whole purchase; random_credits once and recorded before anybody sees them */
  credits: number
  random_credits: boolean
  terms: PurchaseTerms
  time_zone: string
  state: PurchaseState
  bought_at: string
  paid_at: string | null
  /** whether the credits came, and how */
  given: { at: string; how: 'fulfilled' | 'reissued'; bonus: number } | null
  /** how often the provider was asked because the time for it had come */
  asked: number
  checkout_url: string | null
  /** credits that were taken back because money went back */
  taken_for_refunds: number
  disputes: Record<string, { credits: number; status: DisputeStatus }>
  /** money given back until now, as the provider says */
  money_back: number
  refund: Refund | null
  /** where it is delivered by code: the code that counts, and the emails with it that were asked for and sent */
  code: { issue: number; emails: number; sent: number } | null
  /** what somebody should see to, in words */
  attention: string | null
  /** whether all that may happen by itself has happened */
  closed: boolean
}

export type Provider = 'stripe' | 'gumroad' | 'invoice' | 'bank_transfer' | 'manual'

export type PurchaseState =
  | 'awaiting_payment'
  | 'paid'
  | 'fulfilling'
  | 'delayed'
  | 'fulfilled'
  | 'reissued'
  | 'failed'
  | 'expired'
  | 'refunded'
  | 'disputed'

/** A refund that support asked for. Each attempt has its number: its money moves under a key of its own. */
export type Refund = {
  number: number
  credits: number
  amount: number
  reason: string
  state: 'pending' | 'done' | 'failed'
}

/** What a step does to the ledger, in this order and all at once. */
export type Effect =
  | { kind: 'grant'; what: 'credits' | 'bonus'; credits: number; source: string; validity: string }
  /** the code by the number that the purchase has now; one before it is dead from then on */
  | { kind: 'issue_code' }
  /** `short`: what happens when less than that is left */
  | {
      kind: 'take'
      what: 'credits' | 'bonus'
      cause: string
      credits: number
      short: 'debt' | 'leave' | 'retry'
      /** what these causes took already is part of it */
      besides?: string[]
    }
  | { kind: 'restore'; cause: string }

export type PurchaseStep = { purchase: Purchase; effects: Effect[]; events: TimelineEvent[] }

/** A checkout that was opened may be paid for a day; an hour later at the latest Stripe knows that it expired. */
const ASK_HOURS_LATER = 25
/** The providers that know by themselves whether somebody paid. */
const ASKABLE: Provider[] = ['stripe', 'gumroad']

/** What is known of a purchase before anything was told of its payment. */
export function withoutPayments(provider: Provider) {
  return {
    state: provider === 'invoice' ? 'paid' : 'awaiting_payment',
    paid_at: null,
    given: null,
    taken_for_refunds: 0,
    disputes: {},
    money_back: 0,
    refund: null,
    code: null,
    attention: null,
    closed: false,
  } as const
}

/** A purchase that begins. One on invoice counts as paid: its price is a line of the month's invoice (LS-12). */
export function beginPurchase(
  sale: Sale,
  { credits, provider, time_zone }: { credits: number; provider: Provider; time_zone: string },
  at: string,
): PurchaseStep {
  const { pack, quantity, amount, currency, discount_percent, terms } = sale
  const purchase: Purchase = {
    pack,
    quantity,
    provider,
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
    ...withoutPayments(provider),
  }
  const ordered = { at, what: 'ordered', detail: { pack, quantity, amount, currency, provider } }
  return { purchase, effects: [], events: [ordered] }
}

/** Until when it is refunded on request; null where it never is. */
export function refundUntil({ terms, bought_at, paid_at, time_zone }: Purchase): string | null {
  if (terms.refund === 'never') return null
  return addDuration(new Date(paid_at ?? bought_at), terms.refund.window, time_zone).toISOString()
}

/** Whether the credits should come now: they are paid for, or on account, and did not come yet. */
export function isOwed({ state, paid_at, provider, refund }: Purchase): boolean {
  if (paid_at === null && provider !== 'invoice') return false
  if (refund?.state === 'pending') return false
  return state === 'paid' || state === 'fulfilling' || state === 'delayed'
}

/** Whether something may still happen to it by itself, or somebody may have to send something. */
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

/**
 * When something is due next: the provider is asked, credits are late, or the time for refunds is over. Null when only a
 * message can change it.
 */
export function nextDueOf(purchase: Purchase): string | null {
  const { state, bought_at, paid_at, terms, asked, provider, given, closed } = purchase
  if (closed) return null
  if (state === 'awaiting_payment')
    return ASKABLE.includes(provider)
      ? ([minutesAfter(bought_at, terms.within_minutes), minutesAfter(bought_at, ASK_HOURS_LATER * 60)][
          asked
        ] ?? null)
      : null
  if (state === 'paid' || state === 'fulfilling')
    return minutesAfter(paid_at ?? bought_at, terms.within_minutes)
  return given ? refundUntil(purchase) : null
}

/** Whether credits that are not there yet are late by the policy (BR-10). */
export function isLate({ bought_at, paid_at, terms }: Purchase, at: string): boolean {
  return at >= minutesAfter(paid_at ?? bought_at, terms.within_minutes)
}

function minutesAfter(time: string, minutes: number): string {
  return new Date(Date.parse(time) + minutes * 60_000).toISOString()
}
