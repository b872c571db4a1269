import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common'
import {
  allHandlersFinished,
  condition,
  continueAsNew,
  getExternalWorkflowHandle,
  ParentClosePolicy,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  startChild,
  workflowInfo,
} from '@temporalio/workflow'
import type { GumroadActivities, PlacedSale } from '../activities/gumroad-sales.ts'
import { refusalIn } from './failures.ts'
import { purchaseWorkflowId } from './ids.ts'
import { checkUpdate, type GumroadSalesInput, newsSignal } from './messages.ts'

const { findMissedSales, rememberFollowed } = proxyActivities<GumroadActivities>({
  startToCloseTimeout: '5m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' },
})

const EVERY_MS = 3_600_000

/**
 * Asks Gumroad every hour for the sales of a product that no ping told of, and lets their purchases follow them. So a ping
 * that is lost for good costs an hour, and no customer. The update `check` asks at once.
 */
export async function gumroadSales(input: GumroadSalesInput): Promise<void> {
  let wanted = 0
  let answered = 0
  setHandler(checkUpdate, async () => {
    const mine = ++wanted
    await condition(() => answered >= mine)
  })
  while (!workflowInfo().continueAsNewSuggested) {
    const asked = wanted
    await followMissed(input)
    answered = asked
    await condition(() => wanted > answered, EVERY_MS)
  }
  await condition(allHandlersFinished)
  await continueAsNew<typeof gumroadSales>(input)
}

async function followMissed(input: GumroadSalesInput): Promise<void> {
  let found = 0
  try {
    for (;;) {
      const missed = await findMissedSales(input)
      if (missed.length === 0) break
      for (const sale of missed) await follow(sale)
      await rememberFollowed(missed)
      found += missed.length
    }
    setCurrentDetails(`Asked Gumroad for the sales of ${input.product}; ${found} were not told by pings.`)
  } catch (error) {
    const refusal = refusalIn(error)
    if (!refusal) throw error
    setCurrentDetails(`**${refusal.message}** It is asked again within the hour, or by the update \`check\`.`)
  }
}

/** Begins the purchase, or tells it that there is news. */
async function follow({ product, account, id, opening, references }: PlacedSale): Promise<void> {
  const workflowId = purchaseWorkflowId(product, id)
  try {
    await startChild('purchase', {
      workflowId,
      args: [{ product, account, id, references, ...(opening ? { opening } : {}) }],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      staticSummary: `A sale at Gumroad for ${account}`,
    })
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
    await getExternalWorkflowHandle(workflowId).signal(newsSignal)
  }
}
