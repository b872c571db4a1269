import type { TimelineEvent } from '../memberships/membership.ts'
import { type Purchase, refundUntil } from './purchase.ts'

/** A purchase in the API. */
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
  /** null for a random amount before the grant, so that customers cannot cancel because of it */
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
    message: (purchase.code && CODE_MESSAGES[state]) || MESSAGES[state],
    timeline,
  }
}

const CODE_MESSAGES: Partial<typeof MESSAGES> = {
  fulfilled: 'We have emailed your redemption code.',
  reissued: 'We have emailed your redemption code.',
}

/** Shown to the customer (XD-14, BR-10). */
const MESSAGES: Record<Purchase['state'], string> = {
  awaiting_payment: 'Waiting for your payment.',
  paid: 'Payment received. Adding credits.',
  fulfilling: 'Payment received. Adding credits.',
  delayed: 'Your credits are delayed. We are working on it.',
  fulfilled: 'Your credits have been added.',
  reissued: 'Your credits have been added.',
  failed: 'The payment failed. Nothing was charged.',
  expired: 'The payment deadline has passed. You can buy again at any time.',
  refunded: 'Your payment is being refunded.',
  disputed: 'The payment is disputed at your bank.',
}
