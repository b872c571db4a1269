/** A line of an invoice; money in minor units, negative for refunds. */
export type InvoiceLine = {
  purchase: string
  at: string
  kind: 'purchase' | 'refund'
  description: string
  quantity: number
  credits: number
  amount: number
  currency: string
  /** when the payment was recorded */
  paid_at: string | null
}

/** An account's invoice of one month and currency (LS-12): open during the month, then issued, then paid. */
export type Invoice = {
  id: string
  period: string
  state: 'open' | 'issued' | 'paid'
  currency: string
  total: number
  lines: InvoiceLine[]
}

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
