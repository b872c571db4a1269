import { formatMoney } from '../../shared/amount.ts'
import { addAttention, attention, dropAttention } from '../../shared/attention.ts'
import { type Judgement, judgePayments } from '../judgement.ts'
import type { PaymentFacts } from '../payment-facts.ts'
import type { Effect, Purchase, PurchaseStep } from '../purchase.ts'

/** Revokes the credits of refunded and disputed money, and restores them once the money is back. */
export function applyMoneyBack(step: PurchaseStep, facts: PaymentFacts, at: string): void {
  const { purchase } = step
  const judged = judgePayments(purchase, facts)
  purchase.disputes = { ...purchase.disputes }
  applyFailedRefund(step, judged, at)
  if (isLessTaken(purchase, judged)) restoreAll(step)
  purchase.money_back = Math.min(purchase.money_back, judged.back)
  applyDisputes(step, judged, at)
  applyRefunds(step, judged, at)
  purchase.state = stateAfter(purchase)
}

/** Whether less went back than before: a refund failed, or another payment covers it. */
function isLessTaken({ money_back, disputes }: Purchase, judged: Judgement): boolean {
  if (judged.back < money_back) return true
  return judged.disputes.some(({ id, amount }) => (disputes[id]?.amount ?? amount) !== amount)
}

/** Restores the credits that every cause took, so that they are taken again as if all events had come at once. */
function restoreAll(step: PurchaseStep): void {
  restoreRefunds(step)
  const { purchase, effects } = step
  for (const [id, dispute] of Object.entries(purchase.disputes)) {
    if (dispute.credits > 0) effects.push({ kind: 'restore', cause: `dispute/${id}` })
    purchase.disputes[id] = { ...dispute, credits: 0, amount: 0 }
  }
}

/** Restores the credits that reported refunds took; they take the credits that disputes leave. */
function restoreRefunds({ purchase, effects }: PurchaseStep): void {
  for (const [cause, credits] of Object.entries(purchase.revocations ?? {})) {
    purchase.taken_for_refunds -= credits
    effects.push({ kind: 'restore', cause })
  }
  purchase.revocations = {}
}

/**
 * Disputes take before refunds, because only they make a debt: so the order of their events makes no difference.
 * Ended causes return their credits first, so that the others can take them.
 */
function applyDisputes(step: PurchaseStep, { disputes }: Judgement, at: string): void {
  const { purchase, effects, events } = step
  const changed = disputes.filter(({ id, status, amount }) => {
    const known = purchase.disputes[id]
    return known?.status !== status || (known.amount ?? amount) !== amount
  })
  if (changed.length > 0) restoreRefunds(step)
  for (const { id, status, amount } of changed) {
    const known = purchase.disputes[id]
    const isOver = status === 'won' || amount === 0
    if (known && known.status !== status) events.push({ at, what: `dispute_${status}` })
    if (isOver && known?.credits) effects.push({ kind: 'restore', cause: `dispute/${id}` })
    purchase.disputes[id] = { credits: isOver ? 0 : (known?.credits ?? 0), status, amount }
    if (known || isOver) continue
    const credits = Math.min(share(purchase, amount, 'up'), leftToTake(purchase))
    const what = status === 'lost' ? 'dispute_lost' : 'dispute_opened'
    events.push({ at, what, detail: { amount, credits } })
  }
  for (const { id } of disputes) claimDispute(step, id)
}

/** Takes the credits that an unsettled dispute claims and has not taken yet. */
function claimDispute({ purchase, effects }: PurchaseStep, id: string): void {
  const dispute = purchase.disputes[id]
  if (!dispute || dispute.status === 'won' || dispute.amount === undefined) return
  const more = Math.min(share(purchase, dispute.amount, 'up') - dispute.credits, leftToTake(purchase))
  if (more <= 0) return
  purchase.disputes[id] = { ...dispute, credits: dispute.credits + more }
  takeBack(purchase, effects, `dispute/${id}`, more, 'debt')
}

/** Refunds may have found too few credits while some were held. Take the rest once those are released. */
export function takeWhatRefundsLacked(purchase: Purchase, effects: Effect[], id: string): void {
  const { taken_for_refunds: credits, code, revocations } = purchase
  if (credits === 0 || code) return
  const besides = ['refund/', 'money-back/']
  const cause = `money-back/${id}`
  purchase.revocations = { ...revocations, [cause]: revocations?.[cause] ?? 0 }
  effects.push({ kind: 'take', what: 'credits', cause, credits, short: 'leave', besides })
}

/** A refund may fail after the provider accepted it: the customer has no money, so the credits are restored. */
function applyFailedRefund({ purchase, effects, events }: PurchaseStep, judged: Judgement, at: string): void {
  const { refund, refunded_total = 0, currency } = purchase
  const returned = refunded_total - judged.refunded
  const isOurs =
    refund?.state === 'done' &&
    (judged.failed_refunds.includes(refund.number) || (refund.amount > 0 && returned >= refund.amount))
  purchase.refunded_total = judged.refunded
  const amount = Math.max(returned, isOurs ? refund.amount : 0)
  if (amount > 0) {
    const reason = 'The provider reports that it failed; the credits were restored.'
    const raised = attention('refund_failed', `${formatMoney(amount, currency)}. ${reason}`)
    purchase.attention = addAttention(dropAttention(purchase.attention, 'refund_failed'), raised)
    events.push({ at, what: 'refund_failed', detail: { amount } })
  }
  if (!isOurs) return
  purchase.refund = { ...refund, state: 'failed' }
  purchase.refunded_here = (purchase.refunded_here ?? 0) - refund.amount
  purchase.taken_for_refunds -= refund.credits
  effects.push({ kind: 'restore', cause: `refund/${refund.number}` })
}

function applyRefunds({ purchase, effects, events }: PurchaseStep, { back }: Judgement, at: string): void {
  if (back > purchase.money_back) {
    const amount = back - purchase.money_back
    events.push({ at, what: 'money_back', detail: { amount } })
    purchase.money_back = back
    if (purchase.refund?.state === 'failed' && amount >= purchase.refund.amount) {
      // The provider reported a failure, or did not answer, and paid the refund nevertheless.
      purchase.refund = { ...purchase.refund, state: 'done' }
      purchase.attention = dropAttention(purchase.attention, 'refund_failed')
    }
  }
  const more = Math.min(share(purchase, back, 'down') - purchase.taken_for_refunds, leftToTake(purchase))
  if (more <= 0) return
  purchase.taken_for_refunds += more
  const cause = `money-back/${purchase.taken_for_refunds}`
  purchase.revocations = { ...purchase.revocations, [cause]: more }
  takeBack(purchase, effects, cause, more, 'leave')
}

/** Takes credits, and the bonus once all credits of the purchase are claimed. */
function takeBack(
  purchase: Purchase,
  effects: Effect[],
  cause: string,
  credits: number,
  short: 'debt' | 'leave',
): void {
  if (credits === 0) return
  effects.push({ kind: 'take', what: 'credits', cause, credits, short })
  const bonus = purchase.given?.bonus ?? 0
  if (bonus > 0 && leftToTake(purchase) === 0)
    effects.push({ kind: 'take', what: 'bonus', cause, credits: bonus, short: 'leave' })
}

/** The credits that an amount of money bought. */
function share({ credits, amount }: Purchase, money: number, rounded: 'up' | 'down'): number {
  if (money <= 0) return 0
  if (money >= amount) return credits
  return Math[rounded === 'up' ? 'ceil' : 'floor']((credits * money) / amount)
}

/** The credits that no refund and no dispute has claimed yet. */
function leftToTake({ credits, taken_for_refunds, disputes }: Purchase): number {
  const disputed = Object.values(disputes).reduce((sum, dispute) => sum + dispute.credits, 0)
  return credits - taken_for_refunds - disputed
}

/** The state of a granted purchase after its refunds and disputes. */
export function stateAfter(purchase: Purchase): Purchase['state'] {
  const { given, disputes, money_back, amount, refund, state } = purchase
  if (Object.values(disputes).some(dispute => dispute.status !== 'won' && dispute.amount !== 0)) return 'disputed'
  if (refund?.state === 'done' || (money_back > 0 && money_back >= amount)) return 'refunded'
  return given?.how ?? state
}
