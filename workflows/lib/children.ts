import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common'
import { ParentClosePolicy, startChild } from '@temporalio/workflow'
import type { Start } from '../contract/starts.ts'

/** Begins a workflow that outlives this one. @returns false where one of this id runs already */
export async function startChildIfNotRunning(type: string, start: Start<object>): Promise<boolean> {
  try {
    await startChild(type, { ...start, parentClosePolicy: ParentClosePolicy.ABANDON })
    return true
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
    return false
  }
}
