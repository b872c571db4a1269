import { formatMoney } from '../../shared/amount.ts'
import { addAttention, attention, dropAttention } from '../../shared/attention.ts'
import { Refused } from '../../shared/refusals.ts'
import { type Effect, needsPayment, type Purchase, type PurchaseStep, refundUntil, stepTo } from '../purchase.ts'
import { stateAfter } from './money-back.ts'

/**
 * The credits of a purchase: still spendable, and spent, held or redeemed; of redeemed ones, how many are spent or held, and how
 * many the redeemer still has.
 */
export type RemainingCredits = { left: number; used: number; spent?: number; kept?: number }

/**
 * Starts a refund: first revokes the credits, then the caller refunds the money.
 * @throws Refused refund_not_offered, refund_window_passed, refund_used
 */
export function requestRefund(before: Purchase, remaining: RemainingCredits, reason: string, at: string): PurchaseStep {
  if (before.refund?.state === 'pending') return stepTo(before)
  // A refund is repeated only for credits that came back since, such as those of a failed generation (KV-07).
  if (before.state === 'refunded' && (remaining.left === 0 || openMoney(before) <= 0)) return stepTo(before)
  return beginRefund(before, refundable(before, remaining, at), { reason, short: 'retry' }, at)
}

/**
 * Revokes the credits of a refund and leaves its money to be paid.
 * @param short what happens if fewer credits are left than decided on
 */
export function beginRefund(
  before: Purchase,
  { credits, amount }: { credits: number; amount: number },
  { reason, exception, short }: { reason: string; exception?: true; short: 'retry' | 'leave' },
  at: string,
): PurchaseStep {
  const number = (before.refund?.number ?? 0) + 1
  const cause = `refund/${number}`
  const effects: Effect[] = []
  if (credits > 0) effects.push({ kind: 'take', what: 'credits', cause, credits, short })
  if (before.given?.bonus)
    effects.push({ kind: 'take', what: 'bonus', cause, credits: before.given.bonus, short: 'leave' })
  return {
    purchase: {
      ...before,
      taken_for_refunds: before.taken_for_refunds + credits,
      refund: { number, credits, amount, reason, state: 'pending' },
      closed: false,
      attention: dropAttention(before.attention, 'refund_failed'),
    },
    effects,
    events: [
      { at, what: 'refund_requested', detail: { credits, amount, reason, ...(exception ? { exception } : {}) } },
    ],
  }
}

/**
 * The credits and money that a refund would move.
 * @returns the credits to revoke, and the money to refund in minor units; a part is rounded down (KV-07)
 * @throws Refused refund_not_offered, refund_window_passed, refund_used
 */
export function refundable(
  purchase: Purchase,
  { left, used, spent = used }: RemainingCredits,
  at: string,
): { credits: number; amount: number } {
  const { terms, given, paid_at, amount, state } = purchase
  if (terms.refund === 'never') throw notOffered('The policy does not refund purchases.')
  if (state === 'disputed') throw notOffered('The payment is disputed.')
  if (paid_at === null && needsPayment(purchase)) throw notOffered('No payment for it has arrived.')
  const until = refundUntil(purchase)
  if (until !== null && at >= until)
    throw new Refused({ code: 'refund_window_passed', detail: `It was refundable until ${until}.`, until })
  const open = openMoney(purchase)
  if (!given) return { credits: 0, amount: open }
  const unusedOnly = terms.refund.what === 'unused_only'
  if (left === 0 || (unusedOnly && (used > 0 || left < purchase.credits)))
    throw new Refused({
      code: 'refund_used',
      detail: `${purchase.code ? 'Its code was redeemed; ' : ''}${spent} of ${purchase.credits} credits are used.`,
      credits: purchase.credits,
      used: spent,
    })
  if (unusedOnly) return { credits: purchase.credits, amount: open }
  return { credits: left, amount: Math.min(open, Math.floor((amount * left) / purchase.credits)) }
}

/** The money that was not refunded yet; the provider may not have reported our own refunds. */
export function openMoney({ amount, money_back, refunded_here = 0 }: Purchase): number {
  return amount - Math.max(money_back, refunded_here)
}

/** The provider accepted the refund. @param manualStep what a person must do, if no provider pays it */
export function refundPaid(before: Purchase, manualStep: string | null, at: string): PurchaseStep {
  const { refund } = before
  if (refund?.state !== 'pending') return stepTo(before)
  const purchase: Purchase = {
    ...before,
    refund: { ...refund, state: 'done' },
    refunded_here: (before.refunded_here ?? 0) + refund.amount,
    attention: manualStep ? addAttention(before.attention, attention('manual_refund', manualStep)) : before.attention,
  }
  return stepTo(
    { ...purchase, state: stateAfter(purchase), closed: true },
    { at, what: 'refunded', detail: { amount: refund.amount, credits: refund.credits } },
  )
}

/** The provider declined the refund: restores the credits and raises attention with its message. */
export function refundFailed(before: Purchase, { message, refusal }: Refused, at: string): PurchaseStep {
  const { refund } = before
  if (refund?.state !== 'pending') return stepTo(before)
  return {
    purchase: {
      ...before,
      refund: { ...refund, state: 'failed' },
      taken_for_refunds: before.taken_for_refunds - refund.credits,
      attention: addAttention(
        before.attention,
        attention('refund_failed', `${formatMoney(refund.amount, before.currency)}. ${message}`),
      ),
    },
    effects: [{ kind: 'restore', cause: `refund/${refund.number}` }],
    events: [{ at, what: 'refund_failed', detail: { reason: refusal.detail } }],
  }
}

export function notOffered(detail: string): Refused {
  return new Refused({ code: 'refund_not_offered', detail })
}
