import {
  allHandlersFinished,
  condition,
  getExternalWorkflowHandle,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow'
import { checkUpdate, type PurchaseInput, paymentUpdatedSignal } from './contract/messages.ts'
import { purchaseStart } from './contract/starts.ts'
import { startChildIfNotRunning } from './lib/children.ts'
import { refusalIn } from './lib/failures.ts'

const EVERY_MS = 3_600_000

/**
 * Looks every hour, until the history is long enough to continue as new: at a payment provider for what its webhooks did
 * not tell, so that one that is lost for good costs an hour, and no customer; or at the book. The update `check` looks at
 * once, and answers when that is done.
 * @param ask what it did, in plain words; its refusal is told, and the next hour tries again
 */
export async function pollHourly(ask: () => Promise<string>): Promise<void> {
  let wanted = 0
  let answered = 0
  setHandler(checkUpdate, async () => {
    const mine = ++wanted
    await condition(() => answered >= mine)
  })
  while (!workflowInfo().continueAsNewSuggested) {
    const asked = wanted
    setCurrentDetails(await told(ask))
    answered = asked
    await condition(() => wanted > answered, EVERY_MS)
  }
  await condition(allHandlersFinished)
}

async function told(ask: () => Promise<string>): Promise<string> {
  try {
    return await ask()
  } catch (error) {
    const refusal = refusalIn(error)
    if (!refusal) throw error
    return `**${refusal.message}** It is asked again within the hour, or by the update \`check\`.`
  }
}

/** Tells a purchase that there is news. One that has not begun, or is over, begins with it. */
export async function signalPurchase(input: PurchaseInput): Promise<void> {
  const start = purchaseStart(input)
  if (!(await startChildIfNotRunning('purchase', start)))
    await getExternalWorkflowHandle(start.workflowId).signal(paymentUpdatedSignal)
}
