import { patched, workflowInfo } from '@temporalio/workflow'

/**
 * Whether an operator has reset this workflow to its beginning, so that it runs with nothing recorded. False after a reset to a later
 * task, which replays the first steps: `patched` tells the two apart.
 */
export function isReset(): boolean {
  const { runId, originalExecutionRunId } = workflowInfo()
  return runId !== originalExecutionRunId && patched('reset')
}
