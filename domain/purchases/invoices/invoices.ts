import type { Policy } from '../../policy/policy.ts'
import type { Invoice, InvoiceLine, IssuedContent, IssuedInvoice, Party } from './shapes.ts'
import { splitTax } from './tax.ts'

/** Everything that an account's invoices are made of. */
export type Books = {
  lines: InvoiceLine[]
  issued: IssuedInvoice[]
  /** the account's billing details; null if it has none */
  buyer: Party | null
  /** null where the policy has no invoices */
  terms: Policy['invoices']
  /** the account's time, ISO 8601 */
  now: string
}

/** All documents of an account, newest first. */
export function showInvoices(books: Books): Invoice[] {
  const shown = [...books.issued.map(document => showIssued(document, books.lines)), ...drafts(books).map(show(books))]
  return shown.sort((a, b) => (keyOf(a) < keyOf(b) ? 1 : -1))
}

/** The next document to issue; null if none is. A credit note can follow only once its invoice has a number. */
export function nextToIssue(books: Books): IssuedContent | null {
  if (!books.terms || !books.buyer) return null
  const due = drafts(books).filter(({ kind, period, total }) =>
    kind === 'credit_note' ? true : period < monthOf(books.now) && total >= 0,
  )
  return due[0] ? { ...due[0], kind: due[0].kind === 'statement' ? 'invoice' : due[0].kind } : null
}

/** What is not on an issued document: credit notes first, then statements, oldest first. */
function drafts(books: Books): IssuedContent[] {
  const { lines, issued, now } = books
  const taken = new Set(issued.flatMap(({ content }) => content.lines.map(lineKey)))
  const invoices = new Map(
    issued.flatMap(({ content, number }) =>
      content.kind === 'invoice' ? content.lines.map(line => [line.purchase, number] as const) : [],
    ),
  )
  const closed = new Set(issued.map(({ content }) => content.id))
  const notes: IssuedContent[] = []
  const months = new Map<string, InvoiceLine[]>()
  for (const line of [...lines].sort((a, b) => (a.at < b.at ? -1 : 1))) {
    if (taken.has(lineKey(line))) continue
    const corrects = line.kind === 'refund' ? invoices.get(line.purchase) : undefined
    if (corrects !== undefined) {
      notes.push(
        content(books, 'credit_note', `CN-${line.purchase}-${line.at.replaceAll(/\D/g, '')}`, [line], corrects),
      )
      continue
    }
    const own = `${monthOf(line.at)}-${line.currency}`
    // A line that was recorded after its month was issued.
    const id = closed.has(own) ? `${monthOf(now)}-${line.currency}` : own
    months.set(id, [...(months.get(id) ?? []), line])
  }
  const statements = [...months].map(([id, all]) => content(books, 'statement', id, all, null))
  return [...notes, ...statements.sort((a, b) => (a.id < b.id ? -1 : 1))]
}

function content(
  { terms }: Books,
  kind: Invoice['kind'],
  id: string,
  lines: InvoiceLine[],
  corrects: string | null,
): IssuedContent {
  const sum = lines.reduce((total, { amount }) => total + amount, 0)
  const { net, tax, total } = terms ? splitTax(sum, terms.tax) : { net: sum, tax: 0, total: sum }
  const [first] = lines
  return {
    id,
    kind,
    corrects,
    period: kind === 'credit_note' ? monthOf(first?.at ?? '') : id.slice(0, 7),
    currency: first?.currency ?? '',
    net,
    tax: terms && { name: terms.tax.name, percent: terms.tax.percent, amount: tax },
    total,
    seller: terms?.seller ?? null,
    how_to_pay: kind === 'credit_note' ? [] : (terms?.how_to_pay ?? []),
    lines,
  }
}

const show =
  ({ buyer, now }: Books) =>
  (draft: IssuedContent): Invoice => ({
    ...draft,
    number: null,
    buyer,
    state: draft.period >= monthOf(now) ? 'open' : stateOf(draft.lines),
    issued_at: null,
    due_at: null,
    paid_at: null,
  })

/** An issued document with the payments that were recorded since. */
function showIssued({ content, ...document }: IssuedInvoice, current: InvoiceLine[]): Invoice {
  const paid = new Map(current.map(line => [lineKey(line), line.paid_at]))
  const lines = content.lines.map(line => ({ ...line, paid_at: paid.get(lineKey(line)) ?? line.paid_at }))
  return { ...content, ...document, lines, state: stateOfIssued(content.kind, document.paid_at, lines) }
}

/** A credit note is settled with its invoice. */
function stateOfIssued(kind: Invoice['kind'], paid_at: string | null, lines: InvoiceLine[]): 'issued' | 'paid' {
  if (kind === 'credit_note') return 'issued'
  return paid_at === null ? stateOf(lines) : 'paid'
}

function stateOf(lines: InvoiceLine[]): 'issued' | 'paid' {
  return lines.every(({ kind, paid_at }) => kind === 'refund' || paid_at !== null) ? 'paid' : 'issued'
}

function lineKey({ kind, purchase, membership, at }: InvoiceLine): string {
  return [kind, purchase ?? membership, at].join(' ')
}

function keyOf({ issued_at, period, id }: Invoice): string {
  return `${period} ${issued_at ?? ''} ${id}`
}

function monthOf(at: string): string {
  return at.slice(0, 7)
}
