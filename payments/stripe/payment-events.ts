import { z } from 'zod'
import type { DisputeStatus, Paid, PaymentEvent } from '../../domain/purchases/payment-facts.ts'

/**
 * Maps Stripe's objects, from events and API answers alike, to payment events. Only ids, amounts and states are read, so no
 * personal or card data leaves this file.
 */

/** As long as Stripe's ids may be. */
const ownId = z.string().max(255)
const id = z
  .union([ownId, z.object({ id: ownId }).transform(object => object.id)])
  .nullish()
  .catch(null)

const metadata = z
  // One that is too long for a purchase is a mark all the same.
  .object({
    purchase: z
      .string()
      .transform(name => name.slice(0, 200))
      .optional()
      .catch(undefined),
  })
  .nullish()
  .catch(null)
const money = z.int().min(0).nullish().catch(null)
const text = z.string().nullish().catch(null)
const currency = z
  .string()
  .regex(/^[a-z]{3}$/i)
  .transform(code => code.toUpperCase())
  .nullish()
  .catch(null)
const flag = z.boolean().nullish().catch(null)

const session = z.object({
  object: z.literal('checkout.session'),
  id: ownId,
  mode: text,
  status: text,
  payment_status: text,
  payment_intent: id,
  invoice: id,
  client_reference_id: z.string().max(200).nullish().catch(null),
  amount_total: money,
  total_details: z.object({ amount_discount: money }).nullish().catch(null),
  currency,
  metadata,
})

const charge = z.object({
  object: z.literal('charge'),
  id: ownId,
  payment_intent: id,
  /** of API versions before 2025-03-31 */
  invoice: id,
  amount: money,
  amount_captured: money,
  /** unreadable is not nothing */
  amount_refunded: z.int().min(0).nullish().catch(Number.NaN),
  currency,
  created: z.number().nullish().catch(null),
  paid: flag,
  captured: flag,
  status: text,
  metadata,
})

const refund = z.object({
  object: z.literal('refund'),
  id: ownId,
  charge: id,
  payment_intent: id,
  amount: money,
  status: text,
  metadata: z
    .object({ refund: z.coerce.number().pipe(z.int().min(1)).optional().catch(undefined) })
    .nullish()
    .catch(null),
})

const dispute = z.object({
  object: z.literal('dispute'),
  id: ownId,
  charge: id,
  payment_intent: id,
  amount: money,
  currency,
  status: z.string().catch(''),
  balance_transactions: z
    .array(z.object({ amount: z.int() }))
    .nullish()
    .catch(null),
  payment_method_details: z
    .object({ card: z.object({ case_type: z.string() }) })
    .nullish()
    .catch(null),
})

const creditNote = z.object({
  object: z.literal('credit_note'),
  id: ownId,
  invoice: id,
  amount: money,
  post_payment_amount: money,
  refunds: z
    .array(z.object({ amount_refunded: z.int().min(0) }))
    .nullish()
    .catch(null),
  /** of older API versions, which refund all of a note or nothing */
  refund: id,
  status: text,
})

/** The id that all events of one payment share; only a free session has no payment intent. */
export function paymentIdOf({ references }: PaymentEvent): string | null {
  return references.find(reference => reference.startsWith('pi_')) ?? references[0] ?? null
}

/** The Stripe event that an object came in: its type, and when it happened. */
type Origin = { type: string; at: string }

/** The payment event of an object; null if it is not about a payment. */
export function toPaymentEvent(object: unknown, origin?: Origin): PaymentEvent | null {
  const asSession = session.safeParse(object)
  if (asSession.success) return fromSession(asSession.data, origin?.type)
  const asCharge = charge.safeParse(object)
  if (asCharge.success) return fromCharge(asCharge.data, origin?.at ?? null)
  const asRefund = refund.safeParse(object)
  if (asRefund.success) return fromRefund(asRefund.data, origin?.at ?? null)
  const asDispute = dispute.safeParse(object)
  if (asDispute.success) return fromDispute(asDispute.data, origin?.type)
  const asNote = creditNote.safeParse(object)
  return asNote.success ? fromCreditNote(asNote.data) : null
}

function fromSession(of: z.infer<typeof session>, type: string | undefined): PaymentEvent | null {
  if (of.mode && of.mode !== 'payment') return null
  const isPaid = of.payment_status === 'paid' || of.payment_status === 'no_payment_required'
  const ended =
    type === 'checkout.session.async_payment_failed'
      ? ('failed' as const)
      : of.status === 'expired'
        ? ('expired' as const)
        : undefined
  return {
    purchase: of.metadata?.purchase ?? referenceOf(of),
    references: known(of.id, of.payment_intent, of.invoice),
    ...(isPaid ? { paid: sessionPaid(of) } : ended ? { ended } : {}),
  }
}

/**
 * A buyer can type the reference of a payment link, so one that looks like a purchase of ours is not believed: our own
 * sessions name it in their metadata. Other references are shown to support.
 */
function referenceOf({ client_reference_id }: z.infer<typeof session>): string | null {
  return client_reference_id?.startsWith('pur_') ? null : (client_reference_id ?? null)
}

function sessionPaid({ amount_total, currency, total_details }: z.infer<typeof session>): Paid {
  const discount = total_details?.amount_discount
  return {
    amount: amount_total ?? null,
    currency: currency ?? null,
    at: null,
    ...(discount ? { discount } : {}),
  }
}

function fromCharge(of: z.infer<typeof charge>, as_of: string | null): PaymentEvent {
  const amount = of.amount_captured || of.amount || 0
  const at = typeof of.created === 'number' ? new Date(of.created * 1000).toISOString() : null
  // The money of a pending charge, such as a bank debit, may still fail to come.
  const isPaid = of.paid && of.captured !== false && of.status !== 'pending'
  return {
    purchase: of.metadata?.purchase ?? null,
    references: known(of.id, of.payment_intent, of.invoice),
    ...(isPaid ? { paid: { amount, currency: of.currency ?? null, at } } : {}),
    // Include a total of zero: a refund may fail after the provider reported it.
    ...(isPaid
      ? { refunded: { amount: Number.isNaN(of.amount_refunded) ? null : (of.amount_refunded ?? 0), of: amount, as_of } }
      : {}),
  }
}

function fromRefund(of: z.infer<typeof refund>, at: string | null): PaymentEvent | null {
  const failed = of.status === 'failed' || of.status === 'canceled'
  const { id, amount = null } = of
  const event = { purchase: null, references: known(of.charge, of.payment_intent) }
  if (amount === null) return failed ? null : { ...event, ...unknownRefund }
  return { ...event, refund: { id, amount, failed, at, number: of.metadata?.refund ?? null } }
}

/** Money went back, and a person must find out how much. */
const unknownRefund = { refunded: { amount: null, of: null } }

/** Refunds of a note count with their charge; the rest went to the customer's balance, or was paid elsewhere. */
function fromCreditNote(of: z.infer<typeof creditNote>): PaymentEvent {
  const refunds = (of.refunds ?? []).reduce((sum, { amount_refunded }) => sum + amount_refunded, 0)
  const total = of.post_payment_amount ?? of.amount ?? null
  const event = { purchase: null, references: known(of.invoice) }
  if (total === null) return { ...event, ...unknownRefund }
  const amount = of.refund ? 0 : Math.max(0, total - refunds)
  return { ...event, credited: { id: of.id, amount, voided: of.status === 'void' } }
}

/** An appealed dispute stays lost until it is won. */
const DISPUTE_STATUS: Record<string, DisputeStatus> = {
  needs_response: 'open',
  under_review: 'open',
  appeal_needs_response: 'lost',
  appeal_under_review: 'lost',
  lost: 'lost',
  won: 'won',
}

function fromDispute(of: z.infer<typeof dispute>, type: string | undefined): PaymentEvent | null {
  const status = disputeStatusOf(of, type)
  if (!status) return null
  return {
    purchase: null,
    references: known(of.charge, of.payment_intent),
    // Of an unknown amount: all of it.
    dispute: { id: of.id, amount: of.amount ?? Number.MAX_SAFE_INTEGER, currency: of.currency ?? null, status },
  }
}

/**
 * The status follows the money. A warning and a prevented dispute move none, unless Stripe withdrew it: a prevented dispute
 * with a resolution is refunded by the bank, and nothing brings it back. Null: no money moved.
 */
function disputeStatusOf(
  { status, balance_transactions, payment_method_details }: z.infer<typeof dispute>,
  type: string | undefined,
): DisputeStatus | null {
  const moved = balance_transactions ?? []
  const net = moved.reduce((sum, { amount }) => sum + amount, 0)
  if (status === 'won' || type === 'charge.dispute.funds_reinstated' || (moved.length > 1 && net >= 0)) return 'won'
  const isWithdrawn =
    net < 0 ||
    type === 'charge.dispute.funds_withdrawn' ||
    (status === 'prevented' && payment_method_details?.card.case_type === 'resolution')
  return DISPUTE_STATUS[status] ?? (isWithdrawn ? (status === 'prevented' ? 'lost' : 'open') : null)
}

function known(...ids: (string | null | undefined)[]): string[] {
  return ids.filter(value => typeof value === 'string')
}
