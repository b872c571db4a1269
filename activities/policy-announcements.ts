import { heartbeat } from '@temporalio/activity'
import { timeOf } from '../db/accounts/accounts.ts'
import { isEmailSent, storeSentEmail } from '../db/codes/codes.ts'
import type { Db } from '../db/core/command.ts'
import { accountsToAnnounce, announcePolicy, type Recipient } from '../db/webhooks/policy-announcements.ts'
import { type Announcement, announcementFor } from '../domain/policy/announcement.ts'
import type { Policy } from '../domain/policy/policy.ts'
import { composeEmail } from '../email/compose.ts'
import type { Mailer } from '../email/mailer.ts'
import { policyAnnouncementEmail } from '../email/templates/policy-announcement.ts'
import { type Policies, policyOf } from '../platform/policy-store.ts'
import { emailContext } from './emails/context.ts'

export type PolicyAnnouncementActivities = ReturnType<typeof policyAnnouncementActivities>

/** A batch of an announcement; `after` is the key of its last account, null where no account is left. */
export type AnnouncedBatch = { announced: number; after: string | null }

type Deps = { db: Db; policies: Policies; mailer: Mailer; now: () => Date }

/** The step of announcements. The database knows whom each version was announced to. */
export function policyAnnouncementActivities(deps: Deps) {
  return {
    /** Announces the next version of a product's policy to the next accounts. */
    announceToBatch: async (input: {
      product: string
      after: string | null
      limit: number
    }): Promise<AnnouncedBatch> => {
      const { product, after, limit } = input
      const next = deps.policies.next(product)
      if (!next) return { announced: 0, after: null }
      const recipients = await accountsToAnnounce(deps.db, next, after, limit)
      for (const recipient of recipients) {
        await announceTo(deps, policyOf(deps.policies, product), next, recipient)
        heartbeat()
      }
      const last = recipients.length === limit ? recipients.at(-1)?.account_key : undefined
      return { announced: recipients.length, after: last ?? null }
    },
  }
}

/** The email comes first: an announcement that is recorded is not repeated. */
async function announceTo(deps: Deps, policy: Policy, next: Policy, recipient: Recipient): Promise<void> {
  const announcement = announcementFor(policy, next, recipient)
  if (announcement) await emailTo(deps, policy, recipient, announcement)
  const { account_key } = recipient
  await announcePolicy(deps.db, { account_key, at: timeOf(recipient, deps.now()) }, next.version, announcement)
}

/** Sent again after a crash before it is recorded, with the same Message-ID. A rejected address is passed over. */
async function emailTo(
  { db, mailer }: Deps,
  policy: Policy,
  recipient: Recipient,
  { version, applies_at, changes }: Announcement,
): Promise<void> {
  const { account_key, email } = recipient
  const key = `${policy.product}/policy/${version}`
  if (!email || !policy.emails.send.includes('policy_announced') || (await isEmailSent(db, account_key, key))) return
  const context = emailContext(policy, recipient)
  const content = policyAnnouncementEmail(context, { from: applies_at, changes })
  try {
    const message = await mailer.send(`${key}/${account_key}`, policy.name, composeEmail(context, email, content))
    await storeSentEmail(db, account_key, key, message)
  } catch (error) {
    if (!isRejected(error)) throw error
  }
}

/** Whether the mail server refused the email for good. */
function isRejected(error: unknown): boolean {
  const { responseCode } = error as { responseCode?: number }
  return responseCode !== undefined && responseCode >= 500
}
