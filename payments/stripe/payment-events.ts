import { z } from 'zod'
import type { DisputeStatus, PaymentEvent } from '../../domain/purchases/payment-facts.ts'

/**
 * Maps Stripe's objects, from events and API answers alike, to payment events. Only ids, amounts and states are read, so no
 * personal or card data leaves this file.
 */

const id = z
  .union([z.string(), z.object({ id: z.string() }).transform(object => object.id)])
  .nullish()
  .catch(null)

const metadata = z
  .object({ purchase: z.string().max(200).optional().catch(undefined) })
  .nullish()
  .catch(null)
const money = z.int().min(0).nullish().catch(null)

const session = z.object({
  object: z.literal('checkout.session'),
  id: z.string(),
  mode: z.string().nullish(),
  status: z.string().nullish(),
  payment_status: z.string().nullish(),
  payment_intent: id,
  client_reference_id: z.string().max(200).nullish().catch(null),
  amount_total: money,
  currency: z.string().nullish(),
  metadata,
})

const charge = z.object({
  object: z.literal('charge'),
  id: z.string(),
  payment_intent: id,
  amount: money,
  amount_captured: money,
  amount_refunded: money,
  currency: z.string().nullish(),
  created: z.number().nullish(),
  paid: z.boolean().nullish(),
  captured: z.boolean().nullish(),
  metadata,
})

const dispute = z.object({
  object: z.literal('dispute'),
  id: z.string(),
  charge: id,
  payment_intent: id,
  amount: z.int().min(0),
  status: z.string(),
})

/** The payment event of an object; null if it is not about a payment. @param type of the Stripe event, if any */
export function toPaymentEvent(object: unknown, type?: string): PaymentEvent | null {
  const asSession = session.safeParse(object)
  if (asSession.success) return fromSession(asSession.data, type)
  const asCharge = charge.safeParse(object)
  if (asCharge.success) return fromCharge(asCharge.data)
  const asDispute = dispute.safeParse(object)
  return asDispute.success ? fromDispute(asDispute.data) : null
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
    purchase: of.metadata?.purchase ?? of.client_reference_id ?? null,
    references: known(of.id, of.payment_intent),
    ...(isPaid
      ? { paid: { amount: of.amount_total ?? null, currency: of.currency?.toUpperCase() ?? null, at: null } }
      : ended
        ? { ended }
        : {}),
  }
}

function fromCharge(of: z.infer<typeof charge>): PaymentEvent {
  const amount = of.amount_captured || of.amount || 0
  const at = typeof of.created === 'number' ? new Date(of.created * 1000).toISOString() : null
  return {
    purchase: of.metadata?.purchase ?? null,
    references: known(of.id, of.payment_intent),
    ...(of.paid && of.captured !== false
      ? { paid: { amount, currency: of.currency?.toUpperCase() ?? null, at } }
      : {}),
    ...(of.amount_refunded ? { refunded: { amount: of.amount_refunded, of: amount } } : {}),
  }
}

/** Warnings are omitted: they move no money. An appealed dispute stays lost until it is won. */
const DISPUTE_STATUS: Record<string, DisputeStatus> = {
  needs_response: 'open',
  under_review: 'open',
  appeal_needs_response: 'lost',
  appeal_under_review: 'lost',
  lost: 'lost',
  won: 'won',
  prevented: 'won',
}

function fromDispute(of: z.infer<typeof dispute>): PaymentEvent | null {
  const status = DISPUTE_STATUS[of.status]
  if (!status) return null
  return {
    purchase: null,
    references: known(of.charge, of.payment_intent),
    dispute: { id: of.id, amount: of.amount, status },
  }
}

function known(...ids: (string | null | undefined)[]): string[] {
  return ids.filter(value => typeof value === 'string')
}
