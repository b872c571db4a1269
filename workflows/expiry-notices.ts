import { continueAsNew, proxyActivities } from '@temporalio/workflow'
import type { WebhookActivities } from '../activities/webhooks.ts'
import { pollHourly } from './poll.ts'

const { announceExpiring } = proxyActivities<WebhookActivities>({
  startToCloseTimeout: '10m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' },
})

/** Tells products every hour of credits that will expire soon. */
export async function expiryNotices(): Promise<void> {
  await pollHourly(async () => {
    const { emitted } = await announceExpiring()
    return `Told ${emitted} times of credits that expire soon.`
  })
  await continueAsNew<typeof expiryNotices>()
}
