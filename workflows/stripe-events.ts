import type { StripeEventActivities } from '../activities/stripe-events.ts'
import type { StripeEventsInput } from './contract/messages.ts'
import { backgroundScan } from './lib/activity-options.ts'
import { signalMembership, signalPurchase } from './lib/children.ts'
import { type PollResult, pollOnce } from './lib/poll.ts'
import { steps } from './lib/steps.ts'

const { findMissedEvents, markProcessed } = steps<StripeEventActivities, 'findMissedEvents' | 'markProcessed'>(
  backgroundScan,
  {
    findMissedEvents: 'Look for events without a webhook',
    markProcessed: 'Record the position',
  },
)

/** Of a thousand events each; the next run continues after them. */
const MOST_BATCHES = 20

/** Finds the events that no webhook delivered, and signals their purchases and memberships. */
export async function stripeEvents({ since: from }: StripeEventsInput): Promise<PollResult> {
  return pollOnce(async () => {
    const result = { missed: 0, until: '', more: true }
    for (let batch = 0, since = from; result.more && batch < MOST_BATCHES; batch++) {
      const { missed, position, until, more } = await findMissedEvents(since === undefined ? {} : { since })
      for (const { kind, event: _, ...subject } of missed)
        await (kind === 'purchase' ? signalPurchase : signalMembership)(subject)
      await markProcessed({ missed, position })
      since = position
      Object.assign(result, { missed: result.missed + missed.length, until, more })
    }
    return result
  })
}
