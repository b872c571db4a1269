import { z } from 'zod'
import { named, time } from '../../shared/shapes.ts'

const money = z.int().describe('In minor units; negative where money goes back.')

/** The seller or the buyer, as printed. */
export const partyShape = z.object({
  name: z.string().describe('A person or a company.'),
  address: z.array(z.string()).describe('Lines.'),
  tax_id: z.string().nullable().describe('For example the VAT number; null: none is printed.'),
})
export type Party = z.infer<typeof partyShape>

/** A line of an invoice. */
export const lineShape = z.object({
  kind: z.enum(['purchase', 'subscription', 'refund']).describe('What is charged or given back.'),
  purchase: z.string().nullable().describe('The purchase; null for a subscription.'),
  membership: z.string().nullable().describe('The membership of a subscription; else null.'),
  at: time.describe('When it was charged or given back.'),
  description: z.string().describe('The pack or the plan, for people.'),
  quantity: z.int().describe('Packages or slots.'),
  credits: z.int().describe('Credits that it moved.'),
  amount: money,
  currency: z.string().describe('ISO 4217.'),
  paid_at: time.nullable().describe('When the payment was recorded; null: not yet.'),
})
export type InvoiceLine = z.infer<typeof lineShape>

/** A document about an account's charges: a statement, an invoice (LS-12) or a credit note. */
export const invoiceShape = named('Invoice', {
  id: z.string().describe('Unique in the account.'),
  kind: z
    .enum(['statement', 'invoice', 'credit_note'])
    .describe(
      "A month's charges are a statement. It becomes an invoice once the month is over, if the policy names the seller and the account has billing details. A refund after that is a credit note.",
    ),
  number: z.string().nullable().describe('Without gaps per product; null for a statement.'),
  corrects: z.string().nullable().describe('The number of the invoice that a credit note corrects; else null.'),
  period: z.string().describe('Month in UTC.'),
  state: z.enum(['open', 'issued', 'paid']).describe('open during the month; paid once it is, or every line is.'),
  issued_at: time.nullable().describe('null for a statement.'),
  due_at: time.nullable().describe('null for a statement.'),
  paid_at: time
    .nullable()
    .describe('When a payment of the whole invoice was recorded; null: not yet, or line by line.'),
  currency: z.string().describe('ISO 4217.'),
  net: money,
  tax: z
    .object({
      name: z.string().describe('For people.'),
      percent: z.number().describe('Of the net amount.'),
      amount: money,
    })
    .nullable()
    .describe('Computed once on the total, and rounded half up to a minor unit; null: the policy states no tax.'),
  total: money.describe('In minor units, with tax.'),
  seller: partyShape.nullable().describe('null: the policy names none.'),
  buyer: partyShape.nullable().describe('The billing details at that time; null: none, or the account was closed.'),
  how_to_pay: z.array(z.string()).describe('Lines.'),
  lines: z.array(lineShape).describe('Oldest first.'),
})
export type Invoice = z.infer<typeof invoiceShape>

/** What does not change once a document is issued; the buyer is stored apart, because closing the account deletes it. */
export type IssuedContent = Omit<Invoice, 'buyer' | 'number' | 'state' | 'issued_at' | 'due_at' | 'paid_at'>

/** An issued document. */
export type IssuedInvoice = {
  number: string
  issued_at: string
  due_at: string
  paid_at: string | null
  buyer: Party | null
  content: IssuedContent
}
