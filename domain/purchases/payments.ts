import { formatMoney } from '../shared/amount.ts'
import { attention } from '../shared/attention.ts'
import { applyMoneyBack } from './money-back.ts'
import type { PaymentFacts } from './payment-facts.ts'
import { type Purchase, type PurchaseStep, stepTo } from './purchase.ts'

/** Applies the payment facts. Facts that were applied before change nothing. */
export function applyPaymentFacts(before: Purchase, facts: PaymentFacts, at: string): PurchaseStep {
  const step = stepTo({ ...before })
  if (facts.paid) applyPayment(step, facts.paid, at)
  else applyEnd(step, facts.ended, at)
  if (step.purchase.given) applyMoneyBack(step, facts, at)
  return step
}

type Paid = NonNullable<PaymentFacts['paid']>

function applyPayment({ purchase, events }: PurchaseStep, paid: Paid, at: string): void {
  const { state, amount, currency, paid_at } = purchase
  if (paid_at !== null) return
  const short = paid.amount !== null && paid.amount < amount
  if (short || (paid.currency !== null && paid.currency !== currency)) {
    const detail = `${describePaid(paid, currency)} instead of ${formatMoney(amount, currency)}.`
    const raised = attention('wrong_payment', detail)
    if (purchase.attention !== raised) events.push({ at, what: 'wrong_payment', detail: { ...paid } })
    purchase.attention = raised
    return
  }
  purchase.paid_at = at
  events.push({ at, what: 'paid' })
  if (state === 'awaiting_payment' || state === 'failed' || state === 'expired') purchase.state = 'paid'
}

/** A failed or expired payment. */
function applyEnd({ purchase, events }: PurchaseStep, ended: PaymentFacts['ended'], at: string): void {
  const { state } = purchase
  if (!ended || ended === state || (state !== 'awaiting_payment' && state !== 'expired')) return
  purchase.state = ended
  events.push({ at, what: ended })
}

/** Closes the purchase together with its account, whatever its state. */
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
export function attentionAfterClosing(
  { paid_at, currency }: Purchase,
  { paid, refunded }: PaymentFacts,
): string | null {
  if (!paid || paid_at !== null || refunded >= (paid.amount ?? Number.POSITIVE_INFINITY)) return null
  return attention(
    'paid_after_closing',
    `${describePaid(paid, currency)} arrived after the account was closed. Refund it at the provider.`,
  )
}

function describePaid({ amount, currency }: Paid, expected: string): string {
  const paidIn = currency ?? expected
  return amount === null ? `An unknown amount of ${paidIn}` : formatMoney(amount, paidIn)
}
