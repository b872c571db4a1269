import type { showCode } from '../codes/purchase-codes.ts'
import type { TimelineEvent } from '../memberships/membership.ts'
import type { BankTransfer } from './bank-transfer.ts'
import { needsPayment, type Purchase, refundUntil } from './purchase.ts'

/** A purchase in the API. Random credits are null before the grant, so that customers cannot cancel because of them. */
export function showPurchase(
  purchase: Purchase,
  timeline: TimelineEvent[],
  references: string[],
  code: ReturnType<typeof showCode>,
  bank_transfer: BankTransfer | null,
) {
  const { pack, quantity, provider, state, amount, currency, discount_percent, bought_at, paid_at } = purchase
  const { credits, random_credits, given, refund, attention, checkout_url } = purchase
  const unchanged = { pack, quantity, provider, state, amount, currency, discount_percent, bought_at, paid_at }
  return {
    ...unchanged,
    payment_method: purchase.payment_method ?? null,
    bank_transfer,
    payment_reference: paid_at && paymentReference(references),
    credits: random_credits && !given ? null : credits,
    bonus: given?.bonus ?? 0,
    checkout_url: state === 'awaiting_payment' ? checkout_url : null,
    fulfilled_at: given?.at ?? null,
    refund_until: refundUntil(purchase),
    refund: refund && { state: refund.state, credits: refund.credits, amount: refund.amount },
    needs_attention: attention !== null,
    message: messageOf(purchase, timeline, code),
    timeline,
    code,
  }
}

/** The id that receipts and the provider's own pages show: at Stripe that of the payment, not of the page it was paid on. */
function paymentReference(references: string[]): string | null {
  const [payment] = references.filter(reference => reference.startsWith('pi_'))
  return payment ?? references.find(reference => !reference.startsWith('cs_')) ?? null
}

/** A sentence for the customer. A code adds no credits before it is redeemed (MY-12). */
function messageOf(purchase: Purchase, timeline: TimelineEvent[], code: ReturnType<typeof showCode>): string {
  const { state, provider } = purchase
  if (state === 'expired' && provider === 'bank_transfer') return TRANSFER_EXPIRED
  if (isMissingPayment(purchase, timeline)) return NO_PAYMENT
  if (!code || (state !== 'fulfilled' && state !== 'reissued')) return MESSAGES[state]
  const { status, sent, to, email_problem } = code
  if (status === 'redeemed') return 'The redemption code was redeemed.'
  if (email_problem === 'no_address') return 'Your redemption code was not sent: we have no email address for it.'
  if (email_problem === 'rejected') return `Your redemption code was not sent: ${to} does not accept our email.`
  if (!sent) return 'Your redemption code is being emailed.'
  return `The redemption code was emailed to ${to}. Redeem it to add the credits.`
}

/** A customer reports credits of an order for which no payment is known; only they can say where the money went. */
function isMissingPayment(purchase: Purchase, timeline: TimelineEvent[]): boolean {
  const { given, paid_at, state } = purchase
  const isUnpaid = given === null && paid_at === null && needsPayment(purchase) && state !== 'refunded'
  return isUnpaid && timeline.some(({ what }) => what === 'missing_reported')
}

const NO_PAYMENT =
  'No payment is known for this order. If you paid, send support the order number, the payment reference, the date and the amount.'

const TRANSFER_EXPIRED =
  'The payment deadline has passed. You can buy again at any time. If your transfer is on its way, its credits are added when it arrives.'

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
