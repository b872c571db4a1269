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
import type { StripeEventActivities, UntoldEvent } from '../activities/stripe-events.ts'
import { refusalIn } from './failures.ts'
import { purchaseWorkflowId } from './ids.ts'
import { checkUpdate, newsSignal, type StripeEventsInput } from './messages.ts'

const { findUntoldEvents, rememberTold } = proxyActivities<StripeEventActivities>({
  startToCloseTimeout: '5m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' },
})

const EVERY_MS = 3_600_000
/** Stripe lists an event a moment after it is made, so each time begins a little before the last one ended. */
const OVERLAP_MS = 3_600_000

/**
 * Asks Stripe every hour for the events of payments that no webhook told of, and lets their purchases follow them. So an
 * event that is lost for good costs an hour, and no customer. The update `check` asks at once.
 */
export async function stripeEvents({ since }: StripeEventsInput): Promise<void> {
  let from = since
  let wanted = 0
  let answered = 0
  setHandler(checkUpdate, async () => {
    const mine = ++wanted
    await condition(() => answered >= mine)
  })
  while (!workflowInfo().continueAsNewSuggested) {
    const asked = wanted
    from = await followUntold(from)
    answered = asked
    await condition(() => wanted > answered, EVERY_MS)
  }
  await condition(allHandlersFinished)
  await continueAsNew<typeof stripeEvents>({ since: from })
}

async function followUntold(since: string): Promise<string> {
  try {
    const { untold, until, more } = await findUntoldEvents({ since })
    for (const each of untold) await follow(each)
    await rememberTold(untold)
    setCurrentDetails(
      `Asked Stripe for its events until ${until}; ${untold.length} were not told by webhooks.`,
    )
    const next = new Date(Date.parse(until) - (more ? 0 : OVERLAP_MS)).toISOString()
    return next > since ? next : since
  } catch (error) {
    const refusal = refusalIn(error)
    if (!refusal) throw error
    setCurrentDetails(`**${refusal.message}** It is asked again within the hour, or by the update \`check\`.`)
    return since
  }
}

/** Tells the purchase that there is news, or lets it begin again. */
async function follow({ product, account, id }: UntoldEvent): Promise<void> {
  const workflowId = purchaseWorkflowId(product, id)
  try {
    await startChild('purchase', {
      workflowId,
      args: [{ product, account, id }],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      staticSummary: `Purchase of ${account}`,
    })
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
    await getExternalWorkflowHandle(workflowId).signal(newsSignal)
  }
}
