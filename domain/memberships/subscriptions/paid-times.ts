import type { CreditedRest, Money, PaidLine, PaidTime } from './paid-line.ts'

/**
 * The paid times of a plan's lines, with the money of each that went back by refunds, disputes and credit notes of its invoice,
 * and what later invoices credit of it. An invoice that restarts the billing cycle credits the rest of the time before: that
 * time ends then, and the credit belongs to the new period.
 */
export function paidTimes(lines: PaidLine[]): PaidTime[] {
  const invoices = [...new Set(lines.map(({ invoice }) => invoice))].map(id =>
    lines.filter(line => line.invoice === id),
  )
  const paid = invoices.flatMap(toPaid)
  for (const { credit, amount } of creditedProrations(invoices))
    creditNext(paid, credit, creditLatest(paid, credit, amount))
  for (const rest of invoices.flatMap(restsOf)) creditNext(paid, rest, unpaidOf(paid, rest))
  const rests = paid.flatMap(({ rest }) => rest)
  return paid.map(({ line, price, back, credited, rest, late, free }) => ({
    plan: line.plan,
    slots: line.slots,
    from: line.from,
    to: line.to,
    proration: line.proration,
    ...(back > 0 ? { back: { amount: back, of: price } } : {}),
    ...(credited > 0 ? { credited: { amount: credited, of: price } } : {}),
    ...(rest.length > 0 ? { rest } : {}),
    ...(late ? { late } : {}),
    ...(free ? { free } : {}),
    ...restarted(line, rests),
  }))
}

type Paid = {
  line: PaidLine
  price: number
  back: number
  credited: number
  rest: CreditedRest[]
  late: boolean
  free: boolean
}

/**
 * The lines of an invoice that charge something. A period is worth its whole price, though credits may pay a part of it; a
 * proration is worth what it costs more than the plan before.
 */
function toPaid(invoice: PaidLine[]): Paid[] {
  const total = invoice.reduce(sumUp, 0)
  const change = prorationsOf(invoice).reduce(sumUp, 0)
  return invoice
    .filter(({ amount }) => amount >= 0)
    .map(line => {
      const price = line.proration ? Math.max(0, Math.min(line.amount, change)) : line.amount
      const back = scaled(line.back, Math.max(0, Math.min(price, total)))
      const rest = line.proration ? [] : creditedRests(invoice, line)
      const late = line.proration && invoice.some(({ amount, from }) => amount >= 0 && from > line.from)
      return { line, price, back, credited: 0, rest, late, free: late && change <= 0 }
    })
}

/** The lines that credit the time from the start of a new period on: its invoice restarts the billing cycle. */
function restsOf(invoice: PaidLine[]): PaidLine[] {
  const starts = invoice.filter(({ proration, amount }) => !proration && amount >= 0).map(({ from }) => from)
  return invoice.filter(({ amount, from }) => amount < 0 && starts.includes(from))
}

/**
 * What the invoice of a new period credits of the time before, as it was paid by earlier invoices: a larger plan that this invoice
 * charges and credits was granted nothing.
 */
function creditedRests(invoice: PaidLine[], period: PaidLine): CreditedRest[] {
  return restsOf(invoice)
    .filter(({ from }) => from === period.from)
    .map(rest => {
      const [earliest = rest] = prorationsOf(invoice).filter(({ amount, to }) => amount < 0 && to === rest.to)
      const { plan, slots } = rateOf(earliest) > rateOf(rest) ? earliest : rest
      return { plan, slots, from: rest.from, to: rest.to }
    })
}

/** A line's amount by time; the smaller of two credits is the one further above. */
function rateOf({ amount, from, to }: PaidLine): number {
  return amount / (Date.parse(to) - Date.parse(from))
}

/** The lines about the rest of a period after a change of plan or quantity. */
function prorationsOf(invoice: PaidLine[]): PaidLine[] {
  const rests = restsOf(invoice)
  return invoice.filter(line => (line.proration || line.amount < 0) && !rests.includes(line))
}

function restarted({ from, to, proration }: PaidLine, rests: CreditedRest[]): { until?: string } {
  if (proration) return {}
  const until = rests.map(rest => rest.from).filter(time => from < time && time < to)
  return until.length > 0 ? { until: until.reduce((a, b) => (a < b ? a : b)) } : {}
}

function sumUp(sum: number, { amount }: PaidLine): number {
  return sum + amount
}

function scaled(back: Money | undefined, price: number): number {
  if (!back) return 0
  return back.amount >= back.of ? price : Math.floor((price * back.amount) / back.of)
}

/** The changes that credit more than they charge, such as a downgrade, oldest first. */
function creditedProrations(invoices: PaidLine[][]): { credit: PaidLine; amount: number }[] {
  return invoices
    .flatMap(invoice => {
      const changes = prorationsOf(invoice)
      const [credit] = changes.filter(({ amount }) => amount < 0)
      const amount = -changes.reduce(sumUp, 0)
      return credit && amount > 0 ? [{ credit, amount }] : []
    })
    .sort((a, b) => (a.credit.from < b.credit.from ? -1 : 1))
}

/**
 * The latest payment of the credited time is returned first: an upgrade before the period itself.
 * @returns what was credited without a payment
 */
function creditLatest(paid: Paid[], { from, to }: PaidLine, amount: number): number {
  let left = amount
  const earlier = paid
    .filter(({ line }) => line.from <= from && line.to >= to)
    .sort((a, b) =>
      a.line.from > b.line.from
        ? -1
        : a.line.from < b.line.from
          ? 1
          : Number(b.line.proration) - Number(a.line.proration),
    )
  for (const each of earlier) {
    const credited = Math.min(left, Math.max(0, each.price - each.back - each.credited))
    each.credited += credited
    left -= credited
  }
  return left
}

/** The part of a restarted cycle's credit that nobody has paid for: Stripe credits the rest of an unpaid period, too. */
function unpaidOf(paid: Paid[], { from, to, amount }: PaidLine): number {
  const earlier = paid.filter(({ line }) => line.from < from && line.to >= to)
  const share = ({ line }: Paid) => (Date.parse(to) - Date.parse(from)) / (Date.parse(line.to) - Date.parse(line.from))
  // Each line is rounded to a cent.
  const worth = earlier.reduce((sum, each) => sum + each.price * share(each) + 1, 1)
  return Math.max(0, Math.floor(-amount - worth))
}

/** A credit that nobody has paid for pays nothing: what it was used for counts as credited itself. */
function creditNext(paid: Paid[], { from }: PaidLine, amount: number): void {
  let left = amount
  const later = paid.filter(({ line }) => line.from >= from).sort((a, b) => (a.line.from < b.line.from ? -1 : 1))
  for (const each of later) {
    const credited = Math.min(left, Math.max(0, each.price - each.back - each.credited))
    each.credited += credited
    left -= credited
  }
}
