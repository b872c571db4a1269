import {
  getExternalWorkflowHandle,
  proxyLocalActivities,
  setCurrentDetails,
  sleep,
  upsertSearchAttributes,
} from '@temporalio/workflow'
import type { ClosureActivities, OpenWork } from '../activities/closure.ts'
import { attention } from '../domain/shared/attention.ts'
import { generationWorkflowId, membershipWorkflowId, purchaseWorkflowId } from './contract/ids.ts'
import { type ClosureInput, closeSignal, searchAttributes } from './contract/messages.ts'

const { findOpenWork, closeAccount } = proxyLocalActivities<ClosureActivities>({
  startToCloseTimeout: '8s',
  localRetryThreshold: '5s',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '30s' },
})

const workflowIds = {
  generation: generationWorkflowId,
  membership: membershipWorkflowId,
  purchase: purchaseWorkflowId,
}

/** What was told to end has ended after this, as a rule; later looks come at twice the distance each, up to an hour. */
const FIRST_LOOK_MS = 200
const LAST_LOOK_MS = 3_600_000
/** So many looks, and somebody should look too. */
const PATIENCE = 8

/**
 * Closing an account: what is under way is told to end, by its own workflow; when the book says that all of it has, the
 * credits expire and everything personal is erased, at once. Its history knows the account by its key only.
 */
export async function closure(input: ClosureInput): Promise<{ outcome: string; expired: number }> {
  let wait = FIRST_LOOK_MS
  let looks = 0
  for (let open = await findOpenWork(input); open.length > 0; open = await findOpenWork(input)) {
    await Promise.all(open.map(work => tellToEnd(input.product, work)))
    looks += 1
    if (looks === PATIENCE) upsertSearchAttributes([{ key: searchAttributes.needsAttention, value: true }])
    setCurrentDetails(
      [
        ...(looks >= PATIENCE
          ? [`**Needs attention.** ${attention('closure_waiting', 'something has not ended.')}`]
          : []),
        `Waits for ${open.map(({ kind, id }) => `\`${kind}/${input.product}/${id}\``).join(', ')} to end. One that has no running workflow: \`npm run ops -- reconcile\`.`,
      ].join('\n\n'),
    )
    await sleep(wait)
    wait = Math.min(wait * 2, LAST_LOOK_MS)
  }
  const { expired } = await closeAccount(input)
  upsertSearchAttributes([{ key: searchAttributes.needsAttention, value: false }])
  setCurrentDetails(`Closed: ${expired} credits expired. There is nothing to do.`)
  return { outcome: 'closed', expired }
}

/** One that has no running workflow is seen at the next look. */
async function tellToEnd(product: string, { kind, id }: OpenWork): Promise<void> {
  await getExternalWorkflowHandle(workflowIds[kind](product, id))
    .signal(closeSignal)
    .catch(() => undefined)
}
