import { z } from 'zod'
import { type EmailKind, emailKinds } from '../../domain/policy/emails/schema.ts'
import { named, time } from '../../domain/shared/shapes.ts'
import type { Db } from '../core/command.ts'
import { type Page, type PageRequest, toPage } from '../core/page.ts'

/** An email that the policy wants. `subject` is what it is about: each subject has one email of a kind. */
export type QueuedEmail = { kind: EmailKind; subject: string; delay_hours?: number }

/** An email that is due. `at` is when its cause happened, by the account's clock. */
export type DueEmail = {
  account_key: string
  kind: EmailKind
  subject: string
  at: Date
  attempts: number
  started_at: Date
}

/** Queues emails to an account, each once, where no command of the ledger does. @param at the account's time */
export async function queueEmails(db: Db, account_key: string, at: Date, emails: QueuedEmail[]): Promise<void> {
  await db.query('select queue_emails(a, $2, $3) from accounts a where account_key = $1', [
    account_key,
    at,
    JSON.stringify(emails),
  ])
}

/** Marks new emails as dispatched. @returns how many, and the products whose workflows must be told */
export async function dispatchEmails(db: Db, limit: number): Promise<{ emails: number; products: string[] }> {
  const { rows } = await db.query<{ emails: number; products: string[] }>({
    name: 'dispatch_emails',
    text: 'select emails, products from dispatch_emails($1)',
    values: [limit],
  })
  return rows[0] ?? { emails: 0, products: [] }
}

/** The products with an email that was due before a time: their workflow may be missing. */
export async function overdueEmailProducts(db: Db, before: Date): Promise<string[]> {
  const { rows } = await db.query<{ product: string }>(
    `select distinct product from emails where state = 'queued' and next_attempt_at < $1`,
    [before],
  )
  return rows.map(({ product }) => product)
}

/** The due emails of a product, oldest first. */
export async function dueEmails(db: Db, product: string, now: Date, limit: number): Promise<DueEmail[]> {
  const { rows } = await db.query<DueEmail>({
    name: 'due_emails',
    text: `select account_key, kind, subject, at, attempts, started_at from emails
      where product = $1 and state = 'queued' and next_attempt_at <= $2 order by next_attempt_at, email_no limit $3`,
    values: [product, now, limit],
  })
  return rows
}

/** Records an attempt. @param outcome in a word or two; names no recipient */
export async function recordEmailAttempt(
  db: Db,
  { account_key, kind, subject }: Pick<DueEmail, 'account_key' | 'kind' | 'subject'>,
  attempt: { state: 'queued' | 'sent' | 'not_sent'; outcome: string; next_attempt_at: Date | null },
): Promise<void> {
  await db.query({
    name: 'record_email_attempt',
    text: `update emails set state = $4, last_outcome = $5, attempts = attempts + 1,
        next_attempt_at = coalesce($6, next_attempt_at)
      where account_key = $1 and kind = $2 and subject = $3`,
    values: [account_key, kind, subject, attempt.state, attempt.outcome, attempt.next_attempt_at],
  })
}

/** How many emails of a product are queued, up to a thousand, and when the first is due. */
export async function readEmailQueue(
  db: Db,
  product: string,
): Promise<{ queued: number; next_attempt_at: string | null }> {
  const { rows } = await db.query<{ queued: number; next_attempt_at: string | null }>({
    name: 'read_email_queue',
    text: `select count(*) as queued, iso(min(next_attempt_at)) as next_attempt_at from (
        select next_attempt_at from emails where product = $1 and state = 'queued' order by next_attempt_at limit 1000) e`,
    values: [product],
  })
  return rows[0] ?? { queued: 0, next_attempt_at: null }
}

/** An email as support sees it; neither its address nor its text is stored. */
export const emailShape = named('Email', {
  id: z.string(),
  kind: z.enum(emailKinds).describe('What it tells.'),
  about: z.string().describe('The purchase, membership, compensation, audit, day or policy version that it is about.'),
  at: time.describe('When its cause happened.'),
  state: z.enum(['queued', 'sent', 'not_sent']).describe('not_sent: refused, given up, or no longer needed.'),
  outcome: z.string().nullable().describe('The result of the last attempt, or why it is not sent; null before that.'),
  next_attempt_at: time.nullable().describe('When it is sent or tried again; null once that is over.'),
})
type EmailShown = z.infer<typeof emailShape>

/** The emails to an account besides those with codes, newest first. The cursor is the last one's id. */
export async function listEmails(
  db: Db,
  account_key: string,
  { limit, cursor }: PageRequest,
): Promise<Page<EmailShown>> {
  const { rows } = await db.query<EmailShown>(
    `select email_no::text as id, kind, subject as about, iso(at) as at, state, last_outcome as outcome,
       case when state = 'queued' then iso(next_attempt_at) end as next_attempt_at
     from emails where account_key = $1 and ($2::bigint is null or email_no < $2) order by email_no desc limit $3`,
    [account_key, cursor ?? null, limit + 1],
  )
  return toPage(rows, limit, last => last.id)
}
