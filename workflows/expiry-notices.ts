import type { WebhookActivities } from '../activities/webhooks.ts'
import { longScan } from './lib/activity-options.ts'
import { type PollResult, pollOnce } from './lib/poll.ts'
import { steps } from './lib/steps.ts'

const { announceExpiring } = steps<WebhookActivities, 'announceExpiring'>(longScan, {
  announceExpiring: 'Emit notices of credits that expire soon',
})

/** Emits webhook events for credits that expire soon. */
export async function expiryNotices(): Promise<PollResult> {
  return pollOnce(announceExpiring)
}
