import { allHandlersFinished, condition } from '@temporalio/workflow'

/** A workflow that works step by step. */
export interface StepByStep {
  isRunning(): boolean
  /** whether a step is due; a handler may wait for it */
  hasWork(): boolean
  /** Returns when there may be work, when the workflow has ended, or when it should continue as new. */
  waitForWork(): Promise<void>
  runNextStep(): Promise<void>
  shouldContinueAsNew(): boolean
}

/**
 * Runs a workflow until it has ended, or should continue as new, and no handler runs any more. A handler may wait for a step,
 * or bring work while the workflow ends; so it checks again until neither is left.
 * @returns whether to continue as new
 */
export async function runUntilOver(workflow: StepByStep): Promise<boolean> {
  const isEnding = () => !workflow.isRunning() || workflow.shouldContinueAsNew()
  while (!isEnding() || !allHandlersFinished()) {
    if (workflow.hasWork()) await workflow.runNextStep()
    else if (isEnding()) await condition(() => allHandlersFinished() || workflow.hasWork() || !isEnding())
    else await workflow.waitForWork()
  }
  return workflow.isRunning()
}
