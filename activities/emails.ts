import { heartbeat } from '@temporalio/activity'
import { keepAttention, raiseAttention } from '../db/attention/raise.ts'
import { type DueEmail, dueEmails, readEmailQueue, recordEmailAttempt } from '../db/emails/emails.ts'
import { emailsGivenUp } from '../domain/shared/attention.ts'
import { nextAttemptAt } from '../domain/shared/retries.ts'
import { composeEmail } from '../email/compose.ts'
import type { Mailer } from '../email/mailer.ts'
import { writeEmail } from './emails/contents.ts'
import type { EmailDeps } from './emails/context.ts'
import { sendFailure } from './emails/send-failure.ts'

export type EmailActivities = ReturnType<typeof emailActivities>

/** The result of a batch, and the product's queue after it. */
export type EmailReport = {
  /** emails that were sent, or need not be sent */
  delivered: number
  /** attempts that failed and are retried */
  missed: number
  /** emails that were given up after three days */
  given_up: number
  lastError: string | null
  queued: number
  next_attempt_at: string | null
}

/** Sent in parallel: a mail server may limit the connections of a client. */
const BATCH = 5
/** After a missed heartbeat Temporal soon retries the batch of a killed worker. */
const HEARTBEAT_MS = 1_500

/** Sends the emails that were queued. @param now real time, which times retries */
export function emailActivities(deps: EmailDeps & { mailer: Mailer; now: () => Date }) {
  const { db, now } = deps
  return {
    /** @param acknowledged whether a person has looked at the failure */
    sendDueEmails: async ({
      product,
      acknowledged,
    }: {
      product: string
      acknowledged?: boolean
    }): Promise<EmailReport> => {
      const about = { product, subject: 'emails' as const, id: product, account_key: null }
      if (acknowledged) await keepAttention(db, about, null, now())
      const due = await dueEmails(db, product, now(), BATCH)
      const beat = setInterval(() => heartbeat(), HEARTBEAT_MS)
      const attempts = await Promise.all(due.map(email => attempt(deps, product, email))).finally(() =>
        clearInterval(beat),
      )
      const failed = attempts.filter(({ error }) => error !== null)
      const given_up = failed.filter(({ isLast }) => isLast).length
      if (given_up > 0) await raiseAttention(db, about, emailsGivenUp, now())
      return {
        delivered: attempts.length - failed.length,
        missed: failed.length - given_up,
        given_up,
        lastError: failed.at(-1)?.error ?? null,
        ...(await readEmailQueue(db, product)),
      }
    },
  }
}

/** `isLast`: it is not retried. */
type Attempt = { error: string | null; isLast: boolean }

/**
 * Writes and sends one email, and records the outcome. After a crash before the record it is sent again, with the same
 * Message-ID.
 */
async function attempt(
  deps: EmailDeps & { mailer: Mailer; now: () => Date },
  product: string,
  email: DueEmail,
): Promise<Attempt> {
  const record = (state: 'queued' | 'sent' | 'not_sent', outcome: string, next_attempt_at: Date | null = null) =>
    recordEmailAttempt(deps.db, email, { state, outcome, next_attempt_at })
  const written = await writeEmail(deps, product, email)
  if ('reason' in written) {
    await record('not_sent', written.reason)
    return { error: null, isLast: true }
  }
  const { to, context, content } = written
  try {
    await deps.mailer.send(keyOf(email), context.product, composeEmail(context, to, content))
    await record('sent', 'sent')
    return { error: null, isLast: true }
  } catch (error) {
    const failure = sendFailure(error)
    const next = failure.isFinal ? null : nextAttemptAt(email.attempts + 1, email.started_at, deps.now())
    await record(next ? 'queued' : 'not_sent', failure.outcome, next)
    return { error: failure.isFinal ? null : failure.outcome, isLast: next === null }
  }
}

function keyOf({ account_key, kind, subject }: DueEmail): string {
  return `${account_key}/${kind}/${subject}`
}
