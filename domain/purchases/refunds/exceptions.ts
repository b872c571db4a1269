import type { Policy } from '../../policy/policy.ts'
import { invalidRequest, Refused } from '../../shared/refusals.ts'
import { needsPayment, type Purchase, type PurchaseStep } from '../purchase.ts'
import { beginRefund, notOffered, openMoney, type RemainingCredits } from './terms.ts'

/** What a refund moves: credits that are revoked, and money in minor units. */
export type RefundAmounts = { credits: number; amount: number }

/**
 * What a refund by exception moves, whatever the policy's terms (XD-22, MY-13). Credits that were spent stay with the
 * customer: they are neither revoked nor owed.
 * @param asked money in minor units; the price of the unused credits if omitted
 * @throws Refused refund_not_offered, refund_used, invalid_request
 */
export function refundByException(
  purchase: Purchase,
  { left, used, spent = used, kept = 0 }: RemainingCredits,
  asked?: number,
): RefundAmounts {
  const { given, paid_at, amount: price, credits } = purchase
  checkMoney(purchase)
  const open = openMoney(purchase)
  const unused = given ? left + kept : credits
  if (asked === undefined) {
    const amount = Math.min(open, Math.floor((price * unused) / credits))
    if (amount > 0 || paid_at === null) return { credits: given ? unused : 0, amount }
    const detail = `${spent} of ${credits} credits are used; name the amount to refund nevertheless.`
    throw new Refused({ code: 'refund_used', detail, credits, used: spent })
  }
  if (asked > open) throw invalidRequest('amount', `must be at most ${open}, the money that did not go back yet`)
  const share = asked >= price ? unused : Math.min(unused, Math.floor((credits * asked) / price))
  return { credits: given ? share : 0, amount: asked }
}

/**
 * Whether a second person must approve a refund by exception (XD-22, MY-13). What went back before counts too, so that nobody
 * passes the limit in small steps.
 */
export function needsApproval({ purchases }: Policy, refundedBefore: number, amount: number): boolean {
  const { approval_above } = purchases.refund_exceptions
  return approval_above !== null && refundedBefore + amount > approval_above
}

/** @throws Refused refund_not_offered where there is no money to return */
function checkMoney(purchase: Purchase): void {
  if (purchase.state === 'disputed') throw notOffered('The payment is disputed.')
  if (purchase.paid_at === null && needsPayment(purchase)) throw notOffered('No payment for it has arrived.')
  if (openMoney(purchase) <= 0) throw notOffered('All of its money went back already.')
}

/**
 * Starts a refund by exception. Credits that were spent since it was decided are left.
 * @throws Refused refund_not_offered, invalid_request
 */
export function requestExceptionalRefund(
  before: Purchase,
  { credits, amount }: RefundAmounts,
  reason: string,
  at: string,
): PurchaseStep {
  checkMoney(before)
  const open = openMoney(before)
  if (amount > open) throw notOffered(`Only ${open} of its money did not go back yet.`)
  return beginRefund(before, { credits, amount }, { reason, exception: true, short: 'leave' }, at)
}
