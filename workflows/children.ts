import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common'
import { ParentClosePolicy, startChild } from '@temporalio/workflow'

/** Begins a workflow that outlives this one. @returns false where one of this id runs already */
export async function beginUnlessRunning(
  type: string,
  workflowId: string,
  input: object,
  staticSummary: string,
): Promise<boolean> {
  try {
    await startChild(type, {
      workflowId,
      args: [input],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      staticSummary,
    })
    return true
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
    return false
  }
}
