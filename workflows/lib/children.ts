import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common'
import { getExternalWorkflowHandle, ParentClosePolicy, type SignalDefinition, startChild } from '@temporalio/workflow'
import {
  type MembershipInput,
  type PurchaseInput,
  paymentUpdatedSignal,
  subscriptionUpdatedSignal,
} from '../contract/messages.ts'
import { membershipStart, purchaseStart, type Start } from '../contract/starts.ts'

/** Starts a workflow that outlives this one. @returns false where one with this id is running */
export async function startChildIfNotRunning(type: string, start: Start<object>): Promise<boolean> {
  try {
    await startChild(type, { ...start, parentClosePolicy: ParentClosePolicy.ABANDON })
    return true
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
    return false
  }
}

/** Signals a purchase that it has new payment events. A purchase without a running workflow gets one, which reads them. */
export async function signalPurchase(input: PurchaseInput): Promise<void> {
  await startOrSignal('purchase', purchaseStart(input), paymentUpdatedSignal)
}

/** Signals a membership to poll its provider, and starts its workflow if none runs, such as after its end. */
export async function signalMembership(input: MembershipInput): Promise<void> {
  await startOrSignal('membership', membershipStart({ ...input, ask: true }), subscriptionUpdatedSignal)
}

/** A running workflow may end before the signal arrives; then it is started again. */
async function startOrSignal(type: string, start: Start<object>, signal: SignalDefinition): Promise<void> {
  if (await startChildIfNotRunning(type, start)) return
  const send = () => getExternalWorkflowHandle(start.workflowId).signal(signal)
  await send().catch(async error => {
    if (!(await startChildIfNotRunning(type, start))) throw error
  })
}
