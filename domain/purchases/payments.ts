import { addAttention, attention, dropAttention } from '../shared/attention.ts'
import { describePaid, type Judgement, judgePayments } from './judgement.ts'
import { type PaymentFacts, REFUNDED_IN_FULL } from './payment-facts.ts'
import { type Purchase, type PurchaseStep, stepTo } from './purchase.ts'
import { applyMoneyBack } from './refunds/money-back.ts'

/** Applies the payment facts. Facts that were applied before change nothing. */
export function applyPaymentFacts(before: Purchase, facts: PaymentFacts, at: string): PurchaseStep {
  const step = stepTo({ ...before })
  const judged = judgePayments(before, facts)
  raiseWrongPayment(step, judged, at)
  if (judged.paid) applyPayment(step, judged.price, at)
  else applyEnd(step, facts.ended, at)
  if (step.purchase.given) applyMoneyBack(step, facts, at)
  return step
}

function applyPayment({ purchase, events }: PurchaseStep, price: number, at: string): void {
  const { state, paid_at } = purchase
  if (paid_at !== null) return
  purchase.paid_at = at
  purchase.amount = price
  events.push({ at, what: 'paid' })
  if (state === 'awaiting_payment' || state === 'failed' || state === 'expired') purchase.state = 'paid'
}

/** Raises attention once for each mismatch, until the money is refunded. */
function raiseWrongPayment({ purchase, events }: PurchaseStep, { wrong }: Judgement, at: string): void {
  if (wrong === (purchase.wrong_payment ?? null)) return
  purchase.wrong_payment = wrong
  purchase.attention = dropAttention(purchase.attention, 'wrong_payment')
  if (wrong === null) return
  purchase.attention = addAttention(purchase.attention, attention('wrong_payment', wrong))
  events.push({ at, what: 'wrong_payment', detail: { payment: wrong } })
}

/** A failed or expired payment. */
function applyEnd({ purchase, events }: PurchaseStep, ended: PaymentFacts['ended'], at: string): void {
  const { state } = purchase
  if (!ended || ended === state || (state !== 'awaiting_payment' && state !== 'expired')) return
  purchase.state = ended
  events.push({ at, what: ended })
}

/** Closes the purchase with its account, in any state. */
export function closePurchase(before: Purchase, at: string): PurchaseStep {
  if (before.closed && before.given) return stepTo(before)
  const { state, given, code } = before
  return stepTo(
    {
      ...before,
      state: given || state === 'refunded' || state === 'disputed' ? state : 'expired',
      code: code && { ...code, sent: code.emails },
      attention: null,
      closed: true,
    },
    { at, what: 'account_closed' },
  )
}

/** Attention for a payment that arrived after the account was closed; null if there is none to refund. */
export function attentionAfterClosing(purchase: Purchase, { payments }: PaymentFacts): string | null {
  if (purchase.paid_at !== null) return null
  const kept = payments.flatMap(({ paid: [first], refunded }) =>
    first && refunded < (first.amount ?? REFUNDED_IN_FULL) ? [describePaid(first, purchase)] : [],
  )
  if (kept.length === 0) return null
  return attention(
    'paid_after_closing',
    `${kept.join(', ')} arrived after the account was closed. Refund it at the provider.`,
  )
}
