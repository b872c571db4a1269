import { continueAsNew, proxyActivities } from '@temporalio/workflow'
import type { GumroadActivities } from '../activities/gumroad-sales.ts'
import type { GumroadSalesInput } from './contract/messages.ts'
import { pollHourly, signalPurchase } from './poll.ts'

const { findMissedSales, markSalesProcessed } = proxyActivities<GumroadActivities>({
  startToCloseTimeout: '5m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' },
})

/** Finds the sales of a product that no ping told of, and lets their purchases follow them. */
export async function gumroadSales(input: GumroadSalesInput): Promise<void> {
  await pollHourly(async () => {
    let found = 0
    for (
      let missed = await findMissedSales(input);
      missed.length > 0;
      missed = await findMissedSales(input)
    ) {
      for (const { opening, ...sale } of missed)
        await signalPurchase({ ...sale, ...(opening ? { opening } : {}) })
      await markSalesProcessed(missed)
      found += missed.length
    }
    return `Asked Gumroad for the sales of ${input.product}; ${found} were not told by pings.`
  })
  await continueAsNew<typeof gumroadSales>(input)
}
