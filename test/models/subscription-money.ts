import type { StripeStandIn } from '../support/stand-ins/stripe.ts'
import { type Dispute, type Move, type PaymentModel, PRICE } from './subscription-stories.ts'

const QUARTER = PRICE / 4

/** A change at Stripe: makes it, and returns the events that tell of it. */
type Change = () => object[]

/** A payment of the subscription at Stripe, and its model. */
export type Payment = { invoice: string; charge: string; model: PaymentModel }

/**
 * The events of an object: in the present shape, in one that Stripe used before 2025 or with an expanded field, and of a
 * connected account, which means nothing.
 */
export function eventsOf(stripe: StripeStandIn, type: string, id: string, old: Record<string, unknown>): object[] {
  const { data, ...event } = stripe.event(type, id)
  return [
    { ...event, data },
    stripe.event(type, id, { data: { object: { ...data.object, ...old } } }),
    stripe.event(type, id, { account: 'acct_1' }),
  ]
}

/** The changes at Stripe that a move consists of; none where nothing is left to take back. */
export function changesOf(stripe: StripeStandIn, payment: Payment, move: Move): Change[] {
  switch (move.kind) {
    case 'refund':
      return refund(stripe, payment, move)
    case 'dispute':
      return dispute(stripe, payment, move.ends)
    case 'credit_note':
      return creditNote(stripe, payment, move)
    case 'void':
      return [
        () => {
          payment.model.voided = true
          stripe.giveUp(payment.invoice, 'void')
          return eventsOf(stripe, 'invoice.voided', payment.invoice, {})
        },
      ]
  }
}

/** Before 2025 a charge named its invoice. */
function chargeEvents(stripe: StripeStandIn, { charge, invoice }: Payment): object[] {
  return eventsOf(stripe, 'charge.refunded', charge, { invoice })
}

function refund(
  stripe: StripeStandIn,
  payment: Payment,
  { quarters, fails }: Extract<Move, { kind: 'refund' }>,
): Change[] {
  const { charge, model } = payment
  const amount = Math.min(quarters, model.charged)
  if (amount <= 0) return []
  const made = () => {
    model.refunded += amount
    stripe.payments.refundFromDashboard(charge, amount * QUARTER)
    const id = stripe.payments.refunds().at(-1)?.id
    return [...chargeEvents(stripe, payment), ...eventsOf(stripe, 'refund.created', id, {})]
  }
  const failed = () => {
    model.refunded -= amount
    const id = stripe.payments.failRefund(charge)
    const payment_intent = { id: stripe.payments.object(id)?.payment_intent, object: 'payment_intent' }
    return eventsOf(stripe, fails, id, { payment_intent })
  }
  return fails === 'no' ? [made] : [made, failed]
}

const ENDS: Record<Exclude<Dispute, 'open'>, { type: string; fields: object; keeps: boolean }> = {
  won: { type: 'charge.dispute.closed', fields: { status: 'won' }, keeps: false },
  reinstated: { type: 'charge.dispute.funds_reinstated', fields: { status: 'under_review' }, keeps: false },
  lost: { type: 'charge.dispute.closed', fields: { status: 'lost' }, keeps: true },
  prevented: {
    type: 'charge.dispute.updated',
    fields: { status: 'prevented', payment_method_details: { card: { case_type: 'resolution' }, type: 'card' } },
    keeps: true,
  },
  warning: { type: 'charge.dispute.closed', fields: { status: 'warning_closed' }, keeps: false },
}

function dispute(stripe: StripeStandIn, { charge, invoice, model }: Payment, ends: Dispute): Change[] {
  const amount = model.charged
  if (amount <= 0 || model.hadDispute) return []
  model.hadDispute = true
  let id = ''
  const taken = [{ amount: -amount * QUARTER }]
  const opened = () => {
    const takes = ends !== 'warning'
    id = stripe.payments.dispute(charge, amount * QUARTER)
    if (takes) model.disputed += amount
    else stripe.payments.changeDispute(id, { status: 'warning_needs_response', balance_transactions: [] })
    return eventsOf(stripe, 'charge.dispute.created', id, { charge: { id: charge, object: 'charge', invoice } })
  }
  if (ends === 'open') return [opened]
  const { type, fields, keeps } = ENDS[ends]
  const ended = () => {
    const isBack = ends === 'won' || ends === 'reinstated'
    if (!keeps && ends !== 'warning') model.disputed -= amount
    stripe.payments.changeDispute(id, {
      ...fields,
      ...(isBack ? { balance_transactions: [...taken, { amount: amount * QUARTER }] } : {}),
    })
    return eventsOf(stripe, type, id, {})
  }
  return [opened, ended]
}

function creditNote(
  stripe: StripeStandIn,
  payment: Payment,
  { quarters, refunded, voided }: Extract<Move, { kind: 'credit_note' }>,
): Change[] {
  const { charge, invoice, model } = payment
  const amount = Math.min(quarters, refunded ? Math.min(model.charged, model.creditable) : model.creditable)
  if (amount <= 0) return []
  let id = ''
  const events = (type: string) => eventsOf(stripe, type, id, { invoice: { id: invoice, object: 'invoice' } })
  const issued = () => {
    if (!refunded) {
      model.credited += amount
      id = stripe.creditNotes.issue(invoice, amount * QUARTER)
      return events('credit_note.created')
    }
    model.refunded += amount
    stripe.payments.refundFromDashboard(charge, amount * QUARTER)
    const refund = stripe.payments.refunds().at(-1)?.id
    id = stripe.creditNotes.issue(invoice, amount * QUARTER, [{ refund, amount_refunded: amount * QUARTER }])
    return [...events('credit_note.created'), ...chargeEvents(stripe, payment)]
  }
  const taken = () => {
    model.credited -= amount
    stripe.creditNotes.void(id)
    return events('credit_note.voided')
  }
  // A note with a refund cannot be voided.
  return voided && !refunded ? [issued, taken] : [issued]
}
