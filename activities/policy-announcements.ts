import { heartbeat } from '@temporalio/activity'
import { timeOf } from '../db/accounts/accounts.ts'
import type { Db } from '../db/core/command.ts'
import { accountsToAnnounce, announcePolicy } from '../db/webhooks/policy-announcements.ts'
import { announcementFor } from '../domain/policy/announcement.ts'
import { emailIfSent } from '../domain/policy/emails/sending.ts'
import { type Policies, policyOf } from '../platform/policy-store.ts'

export type PolicyAnnouncementActivities = ReturnType<typeof policyAnnouncementActivities>

/** A batch of an announcement; `after` is the key of its last account, null where no account is left. */
export type AnnouncedBatch = { announced: number; after: string | null }

/** The step of announcements. The database knows whom each version was announced to. */
export function policyAnnouncementActivities({ db, policies, now }: { db: Db; policies: Policies; now: () => Date }) {
  return {
    /** Announces the next version of a product's policy to the next accounts. */
    announceToBatch: async (input: {
      product: string
      after: string | null
      limit: number
    }): Promise<AnnouncedBatch> => {
      const { product, after, limit } = input
      const next = policies.next(product)
      if (!next) return { announced: 0, after: null }
      const policy = policyOf(policies, product)
      const recipients = await accountsToAnnounce(db, next, after, limit)
      for (const recipient of recipients) {
        const { account_key } = recipient
        const ref = { account_key, at: timeOf(recipient, now()) }
        const emails = emailIfSent(policy, 'policy_announced', String(next.version))
        await announcePolicy(db, ref, next.version, announcementFor(policy, next, recipient), emails)
        heartbeat()
      }
      const last = recipients.length === limit ? recipients.at(-1)?.account_key : undefined
      return { announced: recipients.length, after: last ?? null }
    },
  }
}
