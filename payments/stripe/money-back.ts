import type Stripe from 'stripe'
import type { Money } from '../../domain/memberships/subscriptions/subscription.ts'
import { reducePaymentEvents } from '../../domain/purchases/payment-facts.ts'
import { readAll } from './client.ts'
import { idsOf } from './invoice-payments.ts'
import { toPaymentEvent } from './payment-events.ts'

/**
 * The money that went back of each paid invoice, by the invoice: refunds and disputes of its charges, and credit notes.
 * Invoices without any are left out.
 */
export async function moneyBackOf(
  stripe: Stripe,
  customer: string,
  invoices: Stripe.Invoice[],
): Promise<Map<string, Money>> {
  const isCharged = invoices.some(({ amount_paid }) => amount_paid > 0)
  // A charge may be older than the invoice that it pays.
  const charges = isCharged ? await readAll(stripe.charges.list({ customer, limit: 100 })) : []
  const found = new Map<string, Money>()
  for (const invoice of invoices) {
    if (!invoice.id) continue
    const of = Math.max(0, invoice.total)
    const back = (await takenBack(stripe, invoice, charges)) + (await credited(stripe, invoice))
    const amount = invoice.status === 'paid' ? back + invoice.pre_payment_credit_notes_amount : of
    if (amount > 0) found.set(invoice.id, { amount: Math.min(amount, of), of })
  }
  return found
}

/** Stripe's ids of an invoice and its payments, by which later events of them find the subscription. */
export function referencesOf({ id, payments }: Stripe.Invoice): string[] {
  return [...(id ? [id] : []), ...(payments?.data ?? []).flatMap(idsOf)]
}

/** Refunds and disputes of the charges that paid an invoice. */
async function takenBack(stripe: Stripe, invoice: Stripe.Invoice, charges: Stripe.Charge[]): Promise<number> {
  const references = referencesOf(invoice)
  let back = 0
  for (const charge of charges) {
    const intent = typeof charge.payment_intent === 'string' ? charge.payment_intent : charge.payment_intent?.id
    if (!references.includes(charge.id) && !(intent && references.includes(intent))) continue
    const disputes = charge.disputed ? await readAll(stripe.disputes.list({ charge: charge.id, limit: 100 })) : []
    const events = [charge, ...disputes].flatMap(object => toPaymentEvent(object) ?? [])
    // A dispute in another currency counts as the whole charge: its number says nothing about the part.
    const partOf = ({ amount, currency }: { amount: number; currency?: string | null }) =>
      currency && currency !== charge.currency.toUpperCase() ? charge.amount : amount
    for (const { refunded, disputes } of reducePaymentEvents(events).payments)
      back += Object.values(disputes).reduce(
        (sum, dispute) => sum + (dispute.status === 'won' ? 0 : partOf(dispute)),
        refunded,
      )
  }
  return back
}

/** Credit notes, without the refunds that they record: those count with their charge. */
async function credited(stripe: Stripe, invoice: Stripe.Invoice): Promise<number> {
  if (!invoice.id || invoice.post_payment_credit_notes_amount === 0) return 0
  const notes = await readAll(stripe.creditNotes.list({ invoice: invoice.id, limit: 100 }))
  return notes
    .filter(({ status }) => status === 'issued')
    .reduce(
      (sum, { post_payment_amount, refunds }) =>
        refunds.reduce((left, { amount_refunded }) => left - amount_refunded, sum + post_payment_amount),
      0,
    )
}
