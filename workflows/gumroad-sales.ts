import { continueAsNew, proxyActivities } from '@temporalio/workflow'
import type { GumroadActivities } from '../activities/gumroad-sales.ts'
import type { GumroadSalesInput } from './contract/messages.ts'
import { backgroundScan } from './lib/activity-options.ts'
import { signalPurchase } from './lib/children.ts'
import { pollHourly } from './lib/poll.ts'

const { findMissedSales, markSalesProcessed } = proxyActivities<GumroadActivities>(backgroundScan)

/** Finds the sales of a product that no ping delivered, and signals their purchases. */
export async function gumroadSales(input: GumroadSalesInput): Promise<void> {
  await pollHourly(async () => {
    let found = 0
    for (let missed = await findMissedSales(input); missed.length > 0; missed = await findMissedSales(input)) {
      for (const { opening, ...sale } of missed) await signalPurchase({ ...sale, ...(opening ? { opening } : {}) })
      await markSalesProcessed(missed)
      found += missed.length
    }
    return `Polled Gumroad for the sales of ${input.product}; pings had missed ${found}.`
  })
  await continueAsNew<typeof gumroadSales>(input)
}
