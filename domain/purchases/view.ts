import type { TimelineEvent } from '../memberships/membership.ts'
import { type Purchase, refundUntil } from './purchase.ts'

/** A purchase in the API. Random credits are null before the grant, so that customers cannot cancel because of them. */
export function showPurchase(purchase: Purchase, timeline: TimelineEvent[]) {
  const { pack, quantity, provider, state, amount, currency, discount_percent, bought_at, paid_at } = purchase
  const { credits, random_credits, given, refund, attention, checkout_url } = purchase
  const unchanged = { pack, quantity, provider, state, amount, currency, discount_percent, bought_at, paid_at }
  return {
    ...unchanged,
    credits: random_credits && !given ? null : credits,
    bonus: given?.bonus ?? 0,
    checkout_url: state === 'awaiting_payment' ? checkout_url : null,
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
