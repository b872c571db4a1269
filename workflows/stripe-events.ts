import { continueAsNew, proxyActivities } from '@temporalio/workflow'
import type { StripeEventActivities } from '../activities/stripe-events.ts'
import type { StripeEventsInput } from './contract/messages.ts'
import { backgroundScan } from './lib/activity-options.ts'
import { signalPurchase } from './lib/children.ts'
import { pollHourly } from './lib/poll.ts'

const { findMissedEvents, markProcessed } = proxyActivities<StripeEventActivities>(backgroundScan)

/** Stripe lists an event a moment after it happened, so each poll starts before the end of the last one. */
const OVERLAP_MS = 3_600_000

/** Finds the payment events that no webhook delivered, and signals their purchases. */
export async function stripeEvents({ since }: StripeEventsInput): Promise<void> {
  let from = since
  await pollHourly(async () => {
    const { missed, until, more } = await findMissedEvents({ since: from })
    for (const { product, account, id } of missed) await signalPurchase({ product, account, id })
    await markProcessed(missed)
    const next = new Date(Date.parse(until) - (more ? 0 : OVERLAP_MS)).toISOString()
    if (next > from) from = next
    return `Polled Stripe for its events until ${until}; webhooks had missed ${missed.length}.`
  })
  await continueAsNew<typeof stripeEvents>({ since: from })
}
