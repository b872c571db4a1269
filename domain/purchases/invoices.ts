import { z } from 'zod'
import { named, time } from '../shared/shapes.ts'

/** A line of an invoice; money in minor units, negative for refunds. */
const lineShape = z.object({
  purchase: z.string(),
  at: time,
  kind: z.enum(['purchase', 'refund']),
  description: z.string(),
  quantity: z.int(),
  credits: z.int(),
  amount: z.int().describe('In minor units; refunds are negative.'),
  currency: z.string(),
  paid_at: time.nullable(),
})
export type InvoiceLine = z.infer<typeof lineShape>

/** An account's invoice of one month and currency (LS-12): open during the month, then issued, then paid. */
export const invoiceShape = named('Invoice', {
  id: z.string(),
  period: z.string().describe('Month in UTC.'),
  state: z.enum(['open', 'issued', 'paid']),
  currency: z.string(),
  total: z.int(),
  lines: z.array(lineShape),
})
export type Invoice = z.infer<typeof invoiceShape>

/** Groups lines into invoices by month (UTC) and currency, newest first. @param now the account's time */
export function invoicesOf(lines: InvoiceLine[], now: string): Invoice[] {
  const invoices = new Map<string, Invoice>()
  for (const line of [...lines].sort((a, b) => (a.at < b.at ? -1 : 1))) {
    const period = line.at.slice(0, 7)
    const id = `${period}-${line.currency}`
    const known = invoices.get(id)
    if (known) known.lines.push(line)
    else invoices.set(id, { id, period, state: 'open', currency: line.currency, total: 0, lines: [line] })
  }
  for (const invoice of invoices.values()) {
    invoice.total = invoice.lines.reduce((sum, line) => sum + line.amount, 0)
    if (invoice.period < now.slice(0, 7)) invoice.state = isPaid(invoice) ? 'paid' : 'issued'
  }
  return [...invoices.values()].sort((a, b) => (a.id < b.id ? 1 : -1))
}

function isPaid({ lines }: Invoice): boolean {
  return lines.every(({ kind, paid_at }) => kind === 'refund' || paid_at !== null)
}
