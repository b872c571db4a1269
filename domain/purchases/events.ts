import { FIRST_CODE } from '../codes/purchase-codes.ts'
import { formatMoney } from '../shared/amount.ts'
import { attention } from '../shared/attention.ts'
import { invalidRequest } from '../shared/refusals.ts'
import type { PaymentFacts } from './payment-facts.ts'
import { type Effect, isOwed, nextDueOf, type Purchase, type PurchaseStep } from './purchase.ts'

/** The facts are followed, and what they change is done. Facts that were known change nothing. */
export function applyPaymentFacts(before: Purchase, facts: PaymentFacts, at: string): PurchaseStep {
  const step: PurchaseStep = { purchase: { ...before }, effects: [], events: [] }
  applyPayment(step, facts, at)
  if (step.purchase.given) applyMoneyBack(step, facts, at)
  return step
}

/**
 * Gives the credits, once; what went back meanwhile is taken at once.
 * @param how reissued: they were missing, and somebody who should know says that they are owed
 */
export function fulfil(
  before: Purchase,
  facts: PaymentFacts,
  how: 'fulfilled' | 'reissued',
  at: string,
): PurchaseStep {
  if (before.given) return { purchase: before, effects: [], events: [] }
  const { terms, credits, state } = before
  const late = how === 'reissued' || state === 'delayed'
  const bonus = late && terms.bonus ? Math.ceil((credits * terms.bonus.percent) / 100) : 0
  const byCode = terms.delivery === 'code'
  const step: PurchaseStep = {
    purchase: {
      ...before,
      state: how,
      given: { at, how, bonus },
      code: byCode ? FIRST_CODE : null,
      attention: null,
    },
    effects: [
      byCode
        ? { kind: 'issue_code' }
        : { kind: 'grant', what: 'credits', credits, source: terms.source, validity: terms.validity },
      ...(bonus > 0 && terms.bonus
        ? [
            {
              kind: 'grant',
              what: 'bonus',
              credits: bonus,
              source: terms.bonus.source,
              validity: 'of_source',
            } as const,
          ]
        : []),
    ],
    events: [
      {
        at,
        what: how === 'reissued' ? 'reissued' : byCode ? 'code_issued' : 'granted',
        detail: { credits, ...(bonus > 0 ? { bonus } : {}) },
      },
    ],
  }
  applyMoneyBack(step, facts, at)
  return closeWhenOver(step, at)
}

/** The grant was tried and failed: it goes on being tried. */
export function stillGranting(before: Purchase, at: string): PurchaseStep {
  if (before.state !== 'paid') return { purchase: before, effects: [], events: [] }
  return { purchase: { ...before, state: 'fulfilling' }, effects: [], events: [{ at, what: 'granting' }] }
}

/** Does what is due by a time. Asking the provider is not among it: `asked` counts that it was done. */
export function stepPurchase(before: Purchase, at: string): PurchaseStep {
  const due = nextDueOf(before)
  const none = { purchase: before, effects: [], events: [] }
  if (due === null || at < due) return none
  if (before.state === 'awaiting_payment') {
    const asked = { ...before, asked: before.asked + 1 }
    if (nextDueOf(asked) !== null) return { ...none, purchase: asked }
    return { ...none, purchase: { ...asked, state: 'expired' }, events: [{ at, what: 'expired' }] }
  }
  if (isOwed(before)) return delayed(before, at, 'they are paid for and were not granted in time.')
  return closeWhenOver({ ...none, purchase: before }, at)
}

/** The customer says that the credits are missing; the facts are as the provider told them, if it could be asked. */
export function reportMissing(
  before: Purchase,
  facts: PaymentFacts,
  asked: 'asked' | 'nobody_to_ask',
  at: string,
): PurchaseStep {
  const heard = applyPaymentFacts(before, facts, at)
  heard.events.unshift({ at, what: 'missing_reported' })
  const { purchase } = heard
  if (purchase.given) return concat(heard, say(purchase, 'credits_are_there', at))
  if (isOwed(purchase)) return concat(heard, fulfil(purchase, facts, 'reissued', at))
  if (asked === 'asked') return concat(heard, say(purchase, 'not_paid', at))
  const look = 'the customer says that it is paid; look for the payment, then reissue.'
  return concat(heard, delayed(purchase, at, look))
}

/** Support says that the credits are owed. @throws Refused invalid_request when the money went back */
export function reissue(before: Purchase, facts: PaymentFacts, at: string): PurchaseStep {
  if (before.state === 'refunded' || before.state === 'disputed')
    throw invalidRequest('purchase', `is ${before.state}: its credits are not owed any more`)
  return fulfil(before, facts, 'reissued', at)
}

function delayed(before: Purchase, at: string, words: string): PurchaseStep {
  if (before.state === 'delayed') return { purchase: before, effects: [], events: [] }
  return {
    purchase: { ...before, state: 'delayed', attention: attention('credits_late', words) },
    effects: [],
    events: [{ at, what: 'late' }],
  }
}

function say(purchase: Purchase, what: string, at: string): PurchaseStep {
  return { purchase, effects: [], events: [{ at, what }] }
}

function concat(first: PurchaseStep, second: PurchaseStep): PurchaseStep {
  return {
    purchase: second.purchase,
    effects: [...first.effects, ...second.effects],
    events: [...first.events, ...second.events],
  }
}

function applyPayment(step: PurchaseStep, facts: PaymentFacts, at: string): void {
  const { purchase, events } = step
  const { state, amount, currency } = purchase
  const waiting =
    state === 'awaiting_payment' || state === 'failed' || state === 'expired' || state === 'delayed'
  if (facts.paid && purchase.paid_at === null) {
    const { paid } = facts
    const short = paid.amount !== null && paid.amount < amount
    if (short || (paid.currency !== null && paid.currency !== currency)) {
      const words = `${paidMoney(paid, currency)} instead of ${formatMoney(amount, currency)}.`
      const wrongly = attention('wrong_payment', words)
      if (purchase.attention !== wrongly) events.push({ at, what: 'wrong_payment', detail: { ...paid } })
      purchase.attention = wrongly
      return
    }
    purchase.paid_at = at
    events.push({ at, what: 'paid' })
    if (waiting && state !== 'delayed') purchase.state = 'paid'
  } else if (!facts.paid && facts.ended && (state === 'awaiting_payment' || state === 'expired')) {
    if (state === facts.ended) return
    purchase.state = facts.ended
    events.push({ at, what: facts.ended })
  }
}

/** What was given back or disputed takes its part of the credits with it. */
function applyMoneyBack(step: PurchaseStep, facts: PaymentFacts, at: string): void {
  const { purchase } = step
  purchase.disputes = { ...purchase.disputes }
  for (const [id, { amount, status }] of Object.entries(facts.disputes).sort(([a], [b]) => (a < b ? -1 : 1)))
    applyDispute(step, id, { amount, status }, at)
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
    events.push({
      at,
      what: `dispute_${status === 'lost' ? 'lost' : 'opened'}`,
      detail: { amount, credits },
    })
    takeBack(purchase, effects, cause, credits, 'debt')
    return
  }
  purchase.disputes[id] = { credits: status === 'won' ? 0 : known.credits, status }
  events.push({ at, what: `dispute_${status}` })
  if (status !== 'won' || known.credits === 0) return
  effects.push({ kind: 'restore', cause })
  takeWhatRefundsLacked(purchase, effects, id)
}

/** While a dispute had the credits, refunds found less than their money had bought. */
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
      // The provider said that it failed, or nothing, and paid all the same.
      purchase.refund = { ...purchase.refund, state: 'done' }
      purchase.attention = null
    }
  }
  const more = Math.min(share(purchase, money, 'down') - purchase.taken_for_refunds, leftToTake(purchase))
  if (more <= 0) return
  purchase.taken_for_refunds += more
  takeBack(purchase, effects, `money-back/${purchase.taken_for_refunds}`, more, 'leave')
}

/** All that was bought goes with its bonus, as far as that is left. */
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

/** How a purchase stands whose credits came, by what went back since. */
export function stateAfter(purchase: Purchase): Purchase['state'] {
  const { given, disputes, money_back, amount, refund, state } = purchase
  if (Object.values(disputes).some(({ status }) => status !== 'won')) return 'disputed'
  if (refund?.state === 'done' || (money_back > 0 && money_back >= amount)) return 'refunded'
  return given?.how ?? state
}

/** Its account is being closed: nothing more will come of it, whatever it waited for. */
export function closePurchase(before: Purchase, at: string): PurchaseStep {
  if (before.closed && before.given) return { purchase: before, effects: [], events: [] }
  const { state, given, code } = before
  return {
    purchase: {
      ...before,
      state: given || state === 'refunded' || state === 'disputed' ? state : 'expired',
      code: code && { ...code, sent: code.emails },
      attention: null,
      closed: true,
    },
    effects: [],
    events: [{ at, what: 'account_closed' }],
  }
}

/** What somebody should see to when news come of a purchase whose account is closed: money that nothing was given for. */
export function attentionAfterClosing(
  { paid_at, currency }: Purchase,
  { paid, refunded }: PaymentFacts,
): string | null {
  if (!paid || paid_at !== null || refunded >= (paid.amount ?? Number.POSITIVE_INFINITY)) return null
  const money = paidMoney(paid, currency)
  return attention(
    'paid_after_closing',
    `${money} arrived after the account was closed. Refund it at the provider.`,
  )
}

function paidMoney({ amount, currency }: NonNullable<PaymentFacts['paid']>, expected: string): string {
  const paidIn = currency ?? expected
  return amount === null ? `An unknown amount of ${paidIn}` : formatMoney(amount, paidIn)
}

function closeWhenOver(step: PurchaseStep, at: string): PurchaseStep {
  const due = nextDueOf(step.purchase)
  if (due !== null && at < due) return step
  return { ...step, purchase: { ...step.purchase, closed: true } }
}
