import type { Policy } from '../../../domain/policy/policy.ts'
import { type Books, nextToIssue, showInvoices } from '../../../domain/purchases/invoices/invoices.ts'
import type { Invoice, IssuedContent, IssuedInvoice } from '../../../domain/purchases/invoices/shapes.ts'
import { addDuration } from '../../../domain/shared/calendar.ts'
import type { Account } from '../../accounts/accounts.ts'
import { findBillingDetails } from '../../accounts/billing-details.ts'
import type { Db } from '../../core/command.ts'
import { listInvoiceLines } from './lines.ts'

type Owner = Pick<Account, 'account_key' | 'product' | 'test_clock'>

/** Issues what is due, and lists all documents of an account, newest first. @param at the account's time */
export async function loadInvoices(db: Db, policy: Policy, owner: Owner, at: Date): Promise<Invoice[]> {
  for (let last = ''; ; ) {
    const books = await loadBooks(db, policy, owner, at)
    const draft = nextToIssue(books)
    if (!draft || draft.id === last) return showInvoices(books)
    last = draft.id
    await issue(db, books, owner, draft)
  }
}

async function loadBooks(db: Db, { invoices: terms }: Policy, { account_key }: Owner, at: Date): Promise<Books> {
  const [lines, issued, buyer] = await Promise.all([
    listInvoiceLines(db, account_key, terms?.providers ?? ['invoice']),
    listIssued(db, account_key),
    findBillingDetails(db, account_key),
  ])
  return { lines, issued, buyer, terms, now: at.toISOString() }
}

/** Accounts on a test clock have numbers of their own, so that tests leave no gap. */
async function issue(db: Db, { terms, buyer, now }: Books, owner: Owner, draft: IssuedContent): Promise<void> {
  const test = owner.test_clock === null ? '' : 'TEST-'
  const document = {
    id: draft.id,
    product: owner.product,
    series: `${test ? 'test_' : ''}${draft.kind}`,
    prefix: `${test}${terms?.prefix ?? ''}${draft.kind === 'credit_note' ? 'CN-' : ''}`,
    due_at: addDuration(new Date(now), `P${terms?.due_days ?? 0}D`, 'UTC'),
    content: draft,
    buyer,
  }
  await db.query('select issue_invoice($1, $2, $3)', [owner.account_key, now, JSON.stringify(document)])
}

async function listIssued(db: Db, account_key: string): Promise<IssuedInvoice[]> {
  const { rows } = await db.query<IssuedInvoice>({
    name: 'list_issued_invoices',
    text: `select shown_number as number, iso(issued_at) as issued_at, iso(due_at) as due_at, iso(paid_at) as paid_at, buyer, content
      from invoices where account_key = $1 order by issued_at, number`,
    values: [account_key],
  })
  return rows
}

/** Records that an issued invoice was paid; the first time counts. */
export async function markInvoicePaid(db: Db, account_key: string, invoice: string, at: Date): Promise<void> {
  await db.query('update invoices set paid_at = coalesce(paid_at, $3) where account_key = $1 and invoice = $2', [
    account_key,
    invoice,
    at,
  ])
}
