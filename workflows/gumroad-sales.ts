import type { GumroadActivities } from '../activities/gumroad-sales.ts'
import type { GumroadSalesInput } from './contract/messages.ts'
import { backgroundScan } from './lib/activity-options.ts'
import { signalPurchase } from './lib/children.ts'
import { type PollResult, pollOnce } from './lib/poll.ts'
import { steps } from './lib/steps.ts'

const { findMissedSales, markSalesProcessed } = steps<GumroadActivities, 'findMissedSales' | 'markSalesProcessed'>(
  backgroundScan,
  {
    findMissedSales: 'Look for sales without a ping',
    markSalesProcessed: 'Record the position',
  },
)

/** Of fifty sales each; the next run finds the others. */
const MOST_BATCHES = 20

/** Finds the sales of a product that no ping delivered, and signals their purchases. */
export async function gumroadSales(input: GumroadSalesInput): Promise<PollResult> {
  return pollOnce(async () => {
    const result = { missed: 0, more: true }
    for (let batch = 0; result.more && batch < MOST_BATCHES; batch++) {
      const missed = await findMissedSales(input)
      for (const { opening, ...sale } of missed) await signalPurchase({ ...sale, ...(opening ? { opening } : {}) })
      await markSalesProcessed(missed)
      Object.assign(result, { missed: result.missed + missed.length, more: missed.length > 0 })
    }
    return result
  })
}
