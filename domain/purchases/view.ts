import type { TimelineEvent } from '../memberships/membership.ts'
import { type Purchase, refundUntil } from './purchase.ts'

/** A purchase as the API shows it. */
export type PurchaseView = Pick<
  Purchase,
  | 'pack'
  | 'quantity'
  | 'provider'
  | 'state'
  | 'checkout_url'
  | 'amount'
  | 'currency'
  | 'discount_percent'
  | 'bought_at'
  | 'paid_at'
> & {
  /** null while they are drawn and not given: nobody leaves a purchase because of what it would bring */
  credits: number | null
  bonus: number
  fulfilled_at: string | null
  refund_until: string | null
  refund: { state: string; credits: number; amount: number } | null
  needs_attention: boolean
  message: string
  timeline: TimelineEvent[]
}

export function showPurchase(purchase: Purchase, timeline: TimelineEvent[]): PurchaseView {
  const { pack, quantity, provider, state, amount, currency, discount_percent, bought_at, paid_at } = purchase
  const { credits, random_credits, given, refund, attention, checkout_url } = purchase
  return {
    pack,
    quantity,
    provider,
    state,
    amount,
    currency,
    discount_percent,
    credits: random_credits && !given ? null : credits,
    bonus: given?.bonus ?? 0,
    checkout_url: state === 'awaiting_payment' ? checkout_url : null,
    bought_at,
    paid_at,
    fulfilled_at: given?.at ?? null,
    refund_until: refundUntil(purchase),
    refund: refund && { state: refund.state, credits: refund.credits, amount: refund.amount },
    needs_attention: attention !== null,
    message: (purchase.code && OF_CODES[state]) || MESSAGES[state],
    timeline,
  }
}

const OF_CODES: Partial<typeof MESSAGES> = {
  fulfilled: 'Your redemption code is in your e-mail.',
  reissued: 'Your redemption code is in your e-mail.',
}

/** What the customer reads while it is under way (XD-14, BR-10). */
const MESSAGES: Record<Purchase['state'], string> = {
  awaiting_payment: 'Waiting for your payment.',
  paid: 'Payment received, granting.',
  fulfilling: 'Payment received, granting.',
  delayed: 'Your credits are late. We are on it; they will come.',
  fulfilled: 'Your credits are there.',
  reissued: 'Your credits are there.',
  failed: 'The payment failed. Nothing was charged.',
  expired: 'It was not paid in time. You can buy again at any moment.',
  refunded: 'The money is on its way back.',
  disputed: 'The payment is disputed with your bank.',
}
