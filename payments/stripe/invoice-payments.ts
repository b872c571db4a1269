import type Stripe from 'stripe'
import type { PaymentEvent } from '../../domain/purchases/payment-facts.ts'

/** Stripe pages by at most 100. */
const ALL = { limit: 10_000 }

/** Reads the ids of an invoice's payments. */
export type PaymentsOf = (invoice: string) => Promise<string[]>

/** The ids of an invoice's payments; none if Stripe does not know it. */
export const paymentsOf =
  (stripe: Stripe): PaymentsOf =>
  async invoice => {
    const payments = await stripe.invoicePayments.list({ invoice, limit: 100 }).autoPagingToArray(ALL)
    return payments.flatMap(idsOf)
  }

/** A credit note names only its invoice, and since 2025-03-31 charges name none, so asks for the payments of the invoice. */
export async function withInvoicePayments(payment: PaymentEvent, read: PaymentsOf | undefined): Promise<PaymentEvent> {
  if (!payment.credited || !read) return payment
  const found = await Promise.all(payment.references.map(read))
  return { ...payment, references: [...payment.references, ...found.flat()] }
}

/** Stripe's ids of one payment of an invoice. */
export function idsOf({ payment }: Stripe.InvoicePayment): string[] {
  return [payment.payment_intent, payment.charge].flatMap(one => (one ? [typeof one === 'string' ? one : one.id] : []))
}
