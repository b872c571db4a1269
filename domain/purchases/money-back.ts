import type { PaymentFacts } from './payment-facts.ts'
import type { Effect, Purchase, PurchaseStep } from './purchase.ts'

/** Revokes the credits of refunded and disputed money, and restores those of disputes won. */
export function applyMoneyBack(step: PurchaseStep, facts: PaymentFacts, at: string): void {
  const { purchase } = step
  purchase.disputes = { ...purchase.disputes }
  const disputes = Object.entries(facts.disputes).sort(([a], [b]) => (a < b ? -1 : 1))
  for (const [id, dispute] of disputes) applyDispute(step, id, dispute, at)
  applyRefunds(step, facts.refunded, at)
  purchase.state = stateAfter(purchase)
}

function applyDispute(
  { purchase, effects, events }: PurchaseStep,
  id: string,
  { amount, status }: PaymentFacts['disputes'][string],
  at: string,
): void {
  const known = purchase.disputes[id]
  if (known?.status === status) return
  const cause = `dispute/${id}`
  if (!known) {
    const credits = status === 'won' ? 0 : Math.min(share(purchase, amount, 'up'), leftToTake(purchase))
    purchase.disputes[id] = { credits, status }
    if (status === 'won') return
    const what = status === 'lost' ? 'dispute_lost' : 'dispute_opened'
    events.push({ at, what, detail: { amount, credits } })
    takeBack(purchase, effects, cause, credits, 'debt')
    return
  }
  purchase.disputes[id] = { credits: status === 'won' ? 0 : known.credits, status }
  events.push({ at, what: `dispute_${status}` })
  if (status !== 'won' || known.credits === 0) return
  effects.push({ kind: 'restore', cause })
  takeWhatRefundsLacked(purchase, effects, id)
}

/** Refunds during a dispute may have found too few credits; take the rest once the dispute is won. */
function takeWhatRefundsLacked(
  { taken_for_refunds: credits, code }: Purchase,
  effects: Effect[],
  id: string,
): void {
  if (credits === 0 || code) return
  const besides = ['refund/', 'money-back/']
  effects.push({ kind: 'take', what: 'credits', cause: `money-back/${id}`, credits, short: 'leave', besides })
}

function applyRefunds({ purchase, effects, events }: PurchaseStep, money: number, at: string): void {
  if (money > purchase.money_back) {
    const amount = money - purchase.money_back
    events.push({ at, what: 'money_back', detail: { amount } })
    purchase.money_back = money
    if (purchase.refund?.state === 'failed' && amount >= purchase.refund.amount) {
      // The provider reported a failure, or did not answer, and paid the refund all the same.
      purchase.refund = { ...purchase.refund, state: 'done' }
      purchase.attention = null
    }
  }
  const more = Math.min(share(purchase, money, 'down') - purchase.taken_for_refunds, leftToTake(purchase))
  if (more <= 0) return
  purchase.taken_for_refunds += more
  takeBack(purchase, effects, `money-back/${purchase.taken_for_refunds}`, more, 'leave')
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
  if (Object.values(disputes).some(({ status }) => status !== 'won')) return 'disputed'
  if (refund?.state === 'done' || (money_back > 0 && money_back >= amount)) return 'refunded'
  return given?.how ?? state
}
