import { continueAsNew, proxyActivities } from '@temporalio/workflow'
import type { StripeEventActivities } from '../activities/stripe-events.ts'
import type { StripeEventsInput } from './contract/messages.ts'
import { pollHourly, signalPurchase } from './poll.ts'

const { findMissedEvents, markProcessed } = proxyActivities<StripeEventActivities>({
  startToCloseTimeout: '5m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' },
})

/** Stripe lists an event a moment after it is made, so each time begins a little before the last one ended. */
const OVERLAP_MS = 3_600_000

/** Finds the events of payments that no webhook told of, and lets their purchases follow them. */
export async function stripeEvents({ since }: StripeEventsInput): Promise<void> {
  let from = since
  await pollHourly(async () => {
    const { untold, until, more } = await findMissedEvents({ since: from })
    for (const { product, account, id } of untold) await signalPurchase({ product, account, id })
    await markProcessed(untold)
    const next = new Date(Date.parse(until) - (more ? 0 : OVERLAP_MS)).toISOString()
    if (next > from) from = next
    return `Asked Stripe for its events until ${until}; ${untold.length} were not told by webhooks.`
  })
  await continueAsNew<typeof stripeEvents>({ since: from })
}
