import { continueAsNew, proxyActivities } from '@temporalio/workflow'
import type { WebhookActivities } from '../activities/webhooks.ts'
import { backgroundScan } from './lib/activity-options.ts'
import { pollHourly } from './lib/poll.ts'

const { announceExpiring } = proxyActivities<WebhookActivities>({
  ...backgroundScan,
  startToCloseTimeout: '10m',
})

/** Emits webhook events every hour for credits that expire soon. */
export async function expiryNotices(): Promise<void> {
  await pollHourly(async () => {
    const { emitted } = await announceExpiring()
    return `Emitted ${emitted} events for credits that expire soon.`
  })
  await continueAsNew<typeof expiryNotices>()
}
