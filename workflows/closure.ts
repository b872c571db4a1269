import { continueAsNew, getExternalWorkflowHandle, sleep, workflowInfo } from '@temporalio/workflow'
import type { ClosureActivities, OpenWork } from '../activities/closure.ts'
import { attention } from '../domain/shared/attention.ts'
import { generationWorkflowId, membershipWorkflowId, purchaseWorkflowId } from './contract/ids.ts'
import { type ClosureInput, closeSignal } from './contract/messages.ts'
import { databaseStep } from './lib/activity-options.ts'
import { refuseCancellation } from './lib/cancellation.ts'
import { attentionParagraph, needsAttention, publishStatus } from './lib/status.ts'
import { localSteps } from './lib/steps.ts'

const { findOpenWork, closeAccount } = localSteps<ClosureActivities, 'findOpenWork' | 'closeAccount'>(databaseStep, {
  findOpenWork: 'Find open work of the account',
  closeAccount: 'Expire the credits and erase personal data',
})

const workflowIds = {
  generation: generationWorkflowId,
  membership: membershipWorkflowId,
  purchase: purchaseWorkflowId,
}

/** Most workflows have ended after this. Each later check waits twice as long, up to an hour. */
const FIRST_LOOK_MS = 200
const LAST_LOOK_MS = 3_600_000
/** Polls before attention is raised. */
const LOOKS_BEFORE_ATTENTION = 8

/**
 * Closes an account: signals the workflows of its open work to end; once the ledger has no open work, expires the credits
 * and erases everything personal in one step. This history has the account's key only.
 */
export async function closure(input: ClosureInput): Promise<{ outcome: string; expired: number; valid_codes: number }> {
  refuseCancellation('A closure ends once the open work has ended; it cannot be undone.')
  let open = await findOpenWork(input)
  for (let looks = input.looks ?? 1; open.length > 0; looks++) {
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof closure>({ ...input, looks })
    await Promise.all(open.map(work => signalToEnd(input.product, work)))
    const is_late = looks >= LOOKS_BEFORE_ATTENTION
    publishWaiting(input.product, open, is_late)
    await sleep(Math.min(FIRST_LOOK_MS * 2 ** (looks - 1), LAST_LOOK_MS), { summary: 'Look again for open work' })
    open = await findOpenWork({ ...input, is_late })
  }
  const { expired, valid_codes } = await closeAccount(input)
  const codes = valid_codes > 0 ? ` ${valid_codes} unredeemed codes stay valid.` : ''
  publishStatus([`Closed: ${expired} credits expired.${codes} There is nothing to do.`], [needsAttention(null)])
  return { outcome: 'closed', expired, valid_codes }
}

/** The next scan finds work without a running workflow again. */
async function signalToEnd(product: string, { kind, id }: OpenWork): Promise<void> {
  await getExternalWorkflowHandle(workflowIds[kind](product, id))
    .signal(closeSignal)
    .catch(() => undefined)
}

function publishWaiting(product: string, open: OpenWork[], isLate: boolean): void {
  const reason = isLate ? attention('closure_waiting', 'some work has not ended.') : null
  const names = open.map(({ kind, id }) => `\`${kind}/${product}/${id}\``).join(', ')
  publishStatus(
    [
      attentionParagraph(reason),
      `Waits for ${names} to end. Work without a running workflow gets one within five minutes.`,
    ],
    [needsAttention(reason)],
  )
}
