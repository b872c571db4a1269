import { proxyActivities } from '@temporalio/workflow'
import type { WebhookActivities } from '../activities/webhooks.ts'
import { longScan } from './lib/activity-options.ts'
import { type PollResult, pollOnce } from './lib/poll.ts'

const { announceExpiring } = proxyActivities<WebhookActivities>(longScan)

/** Emits webhook events for credits that expire soon. */
export async function expiryNotices(): Promise<PollResult> {
  return pollOnce(announceExpiring)
}
