import { wireId } from './stripe-payments.ts'

type Wire = Record<string, any>

/** Credit notes of the stand-in. Each reduces what its invoice is worth after it was paid. */
export function stripeCreditNotes(invoices: Map<string, Wire>) {
  const notes = new Map<string, Wire>()
  const add = (note: Wire, amount: number) => {
    const invoice = invoices.get(note.invoice) as Wire
    invoice.post_payment_credit_notes_amount += amount
  }

  return {
    object: (id: string): Wire | undefined => notes.get(id),

    list: (invoice: string | null): Wire[] => [...notes.values()].filter(note => note.invoice === invoice),

    /** Credits the customer's balance; the part in `refunds` is money that Stripe refunded already. */
    issue(invoice: string, amount: number, refunds: { refund: string; amount_refunded: number }[] = []): string {
      const id = wireId('cn')
      const { customer } = invoices.get(invoice) as Wire
      const note = {
        id,
        object: 'credit_note',
        invoice,
        customer,
        status: 'issued',
        post_payment_amount: amount,
        refunds,
      }
      notes.set(id, note)
      add(note, amount)
      return id
    },

    /** Settles an open invoice by a note of its whole amount, without a payment. */
    settleBeforePayment(invoice: string): void {
      const found = invoices.get(invoice) as Wire
      const status_transitions = { paid_at: found.created }
      Object.assign(found, { status: 'paid', status_transitions, pre_payment_credit_notes_amount: found.total })
    },

    void(id: string): void {
      const note = notes.get(id) as Wire
      Object.assign(note, { status: 'void' })
      add(note, -note.post_payment_amount)
    },
  }
}
