import { continueAsNew, sleep, workflowInfo } from '@temporalio/workflow'
import type { PolicyAnnouncementActivities } from '../activities/policy-announcements.ts'
import { type PolicyAnnouncementsInput, searchAttributes } from './contract/messages.ts'
import { longScan } from './lib/activity-options.ts'
import { cancellation } from './lib/cancellation.ts'
import { publishStatus } from './lib/status.ts'
import { steps } from './lib/steps.ts'

const { announceToBatch } = steps<PolicyAnnouncementActivities, 'announceToBatch'>(longScan, {
  announceToBatch: 'Announce to a batch of accounts',
})

const BATCH = 20
const BATCHES_PER_RUN = 100
const MINUTE_MS = 60_000

/**
 * Announces the next version of a product's policy to every account that it has not reached, so many a minute (KV-20). The
 * database has the accounts that it reached: the next run continues one that was cancelled or terminated.
 */
export async function policyAnnouncements(input: PolicyAnnouncementsInput): Promise<Progress> {
  const progress = { announced: input.announced ?? 0 }
  await Promise.race([announce(input, progress), cancellation()])
  return progress
}

type Progress = { announced: number }

async function announce(input: PolicyAnnouncementsInput, progress: Progress): Promise<void> {
  const { product, accounts_per_minute } = input
  let after = input.after ?? null
  for (let batch = 1; ; batch++) {
    const reached = await announceToBatch({ product, after, limit: BATCH })
    progress.announced += reached.announced
    after = reached.after
    publishStatus(
      [`Announced the next policy of ${product} to ${progress.announced} accounts.`],
      [{ key: searchAttributes.product, value: product }],
    )
    if (after === null) return
    await sleep((BATCH / accounts_per_minute) * MINUTE_MS, { summary: 'Next batch' })
    if (batch >= BATCHES_PER_RUN || workflowInfo().continueAsNewSuggested)
      await continueAsNew<typeof policyAnnouncements>({ product, accounts_per_minute, after, ...progress })
  }
}
