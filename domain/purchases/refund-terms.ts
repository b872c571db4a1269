import { formatMoney } from '../shared/amount.ts'
import { attention } from '../shared/attention.ts'
import { Refused } from '../shared/refusals.ts'
import { stateAfter } from './events.ts'
import { type Effect, type Purchase, type PurchaseStep, refundUntil } from './purchase.ts'

/** The credits of a purchase: what could still be spent, what was, is held or was redeemed. */
export type RemainingCredits = { left: number; used: number }

/**
 * A refund that is asked for: credits go first, then the money.
 * @throws Refused refund_not_offered, refund_window_passed, refund_used
 */
export function requestRefund(
  before: Purchase,
  remaining: RemainingCredits,
  reason: string,
  at: string,
): PurchaseStep {
  if (before.state === 'refunded' || before.refund?.state === 'pending')
    return { purchase: before, effects: [], events: [] }
  const { credits, amount } = refundable(before, remaining, at)
  const number = (before.refund?.number ?? 0) + 1
  const cause = `refund/${number}`
  const effects: Effect[] = []
  if (credits > 0) effects.push({ kind: 'take', what: 'credits', cause, credits, short: 'retry' })
  if (before.given?.bonus)
    effects.push({ kind: 'take', what: 'bonus', cause, credits: before.given.bonus, short: 'leave' })
  return {
    purchase: {
      ...before,
      taken_for_refunds: before.taken_for_refunds + credits,
      refund: { number, credits, amount, reason, state: 'pending' },
      closed: false,
      attention: null,
    },
    effects,
    events: [{ at, what: 'refund_requested', detail: { credits, amount, reason } }],
  }
}

/**
 * What would be given back.
 * @returns credits that go, and money in minor units that comes, the part rounded down (KV-07)
 * @throws Refused refund_not_offered, refund_window_passed, refund_used
 */
export function refundable(
  purchase: Purchase,
  { left, used }: RemainingCredits,
  at: string,
): { credits: number; amount: number } {
  const { terms, provider, given, paid_at, amount, money_back } = purchase
  if (terms.refund === 'never')
    throw new Refused({ code: 'refund_not_offered', detail: 'By the policy purchases are not refunded.' })
  if (purchase.state === 'disputed' || (paid_at === null && provider !== 'invoice'))
    throw new Refused({
      code: 'refund_not_offered',
      detail: purchase.state === 'disputed' ? 'The payment is disputed.' : 'No payment of it is known.',
    })
  const until = refundUntil(purchase)
  if (until !== null && at >= until)
    throw new Refused({ code: 'refund_window_passed', detail: `It could be refunded until ${until}.`, until })
  const open = amount - money_back
  if (!given) return { credits: 0, amount: open }
  if (terms.refund.what === 'unused_only') {
    if (used > 0 || left < purchase.credits) throw usedUp()
    return { credits: purchase.credits, amount: open }
  }
  if (left === 0) throw usedUp()
  return { credits: left, amount: Math.min(open, Math.floor((amount * left) / purchase.credits)) }
}

/** The money is on its way. @param byHand what somebody has to do for it, where no provider does it */
export function refundPaid(before: Purchase, byHand: string | null, at: string): PurchaseStep {
  const { refund } = before
  if (refund?.state !== 'pending') return { purchase: before, effects: [], events: [] }
  const purchase: Purchase = {
    ...before,
    refund: { ...refund, state: 'done' },
    attention: byHand && attention('manual_refund', byHand),
  }
  return {
    purchase: { ...purchase, state: stateAfter(purchase), closed: true },
    effects: [],
    events: [{ at, what: 'refunded', detail: { amount: refund.amount, credits: refund.credits } }],
  }
}

/** The provider will not pay: the credits come back, and somebody has to look. */
export function refundFailed(before: Purchase, reason: string, at: string): PurchaseStep {
  const { refund } = before
  if (refund?.state !== 'pending') return { purchase: before, effects: [], events: [] }
  return {
    purchase: {
      ...before,
      refund: { ...refund, state: 'failed' },
      taken_for_refunds: before.taken_for_refunds - refund.credits,
      attention: attention('refund_failed', `${formatMoney(refund.amount, before.currency)}. ${reason}`),
    },
    effects: [{ kind: 'restore', cause: `refund/${refund.number}` }],
    events: [{ at, what: 'refund_failed', detail: { reason } }],
  }
}

function usedUp(): Refused {
  return new Refused({ code: 'refund_used', detail: 'Nothing of it is left that was not used.' })
}
