import { addAttention, attention, dropAttention } from '../shared/attention.ts'
import { invalidRequest } from '../shared/refusals.ts'
import type { PaymentFacts } from './payment-facts.ts'
import { applyPaymentFacts } from './payments.ts'
import { FIRST_CODE, isOwed, nextDueOf, type Purchase, type PurchaseStep, stepTo } from './purchase.ts'
import { applyMoneyBack, takeWhatRefundsLacked } from './refunds/money-back.ts'

/**
 * Grants the credits, once, and applies refunds and disputes that came first.
 * @param how reissued: the customer or support reports that they are missing
 */
export function fulfil(before: Purchase, facts: PaymentFacts, how: 'fulfilled' | 'reissued', at: string): PurchaseStep {
  if (before.given) return stepTo(before)
  const { terms, credits, state } = before
  const late = how === 'reissued' || state === 'delayed'
  const percent = (late && terms.bonus?.percent) || 0
  const bonus = Math.ceil((credits * percent) / 100)
  const byCode = terms.delivery === 'code'
  const given = { at, how, bonus }
  const step = stepTo(
    {
      ...before,
      state: how,
      given,
      code: byCode ? FIRST_CODE : null,
      attention: dropAttention(before.attention, 'credits_late'),
    },
    {
      at,
      what: how === 'reissued' ? 'reissued' : byCode ? 'code_issued' : 'granted',
      detail: { credits, ...(bonus > 0 ? { bonus } : {}) },
    },
  )
  const { source, validity } = terms
  step.effects.push(byCode ? { kind: 'issue_code' } : { kind: 'grant', what: 'credits', credits, source, validity })
  if (bonus > 0 && terms.bonus)
    step.effects.push({
      kind: 'grant',
      what: 'bonus',
      credits: bonus,
      source: terms.bonus.source,
      validity: 'of_source',
    })
  applyMoneyBack(step, facts, at)
  return closeWhenOver(step, at)
}

/** Records that a grant failed and is being retried. */
export function stillGranting(before: Purchase, at: string): PurchaseStep {
  if (before.state !== 'paid') return stepTo(before)
  return stepTo({ ...before, state: 'fulfilling' }, { at, what: 'granting' })
}

/** Takes the timed step that is due, if any. The caller polls the provider first; this only counts the poll. */
export function stepPurchase(before: Purchase, at: string): PurchaseStep {
  const due = nextDueOf(before)
  if (due === null || at < due) return stepTo(before)
  if (before.state === 'awaiting_payment') {
    const asked = { ...before, asked: before.asked + 1 }
    if (nextDueOf(asked) !== null) return stepTo(asked)
    return stepTo({ ...asked, state: 'expired' }, { at, what: 'expired' })
  }
  if (isOwed(before)) return delayed(before, at, 'they are paid for and were not granted in time.')
  const step = stepTo({ ...before })
  takeWhatRefundsLacked(step.purchase, step.effects, 'held')
  return closeWhenOver(step, at)
}

/** The customer reports missing credits. @param asked whether the provider could be polled for the facts */
export function reportMissing(
  before: Purchase,
  facts: PaymentFacts,
  asked: 'asked' | 'nobody_to_ask',
  at: string,
): PurchaseStep {
  const applied = applyPaymentFacts(before, facts, at)
  applied.events.unshift({ at, what: 'missing_reported' })
  const { purchase } = applied
  if (purchase.given) return concat(applied, stepTo(purchase, { at, what: 'credits_are_there' }))
  if (isOwed(purchase)) return concat(applied, fulfil(purchase, facts, 'reissued', at))
  if (asked === 'asked') return concat(applied, stepTo(purchase, { at, what: 'not_paid' }))
  const detail = 'the customer reports a payment; look for it, then reissue.'
  return concat(applied, delayed(purchase, at, detail))
}

/** Support grants the credits. @throws Refused invalid_request if the money was refunded or disputed */
export function reissue(before: Purchase, facts: PaymentFacts, at: string): PurchaseStep {
  if (before.state === 'refunded' || before.state === 'disputed')
    throw invalidRequest('purchase', `is ${before.state}: its credits are no longer owed`)
  return fulfil(before, facts, 'reissued', at)
}

function delayed(before: Purchase, at: string, detail: string): PurchaseStep {
  if (before.state === 'delayed') return stepTo(before)
  return stepTo(
    {
      ...before,
      state: 'delayed',
      attention: addAttention(before.attention, attention('credits_late', detail)),
    },
    { at, what: 'late' },
  )
}

function concat(first: PurchaseStep, second: PurchaseStep): PurchaseStep {
  return {
    purchase: second.purchase,
    effects: [...first.effects, ...second.effects],
    events: [...first.events, ...second.events],
  }
}

function closeWhenOver(step: PurchaseStep, at: string): PurchaseStep {
  const due = nextDueOf(step.purchase)
  if (due !== null && at < due) return step
  return { ...step, purchase: { ...step.purchase, closed: true } }
}
