import { WithStartWorkflowOperation } from '@temporalio/client'
import type { Priority, UpdateDefinition } from '@temporalio/common'
import type { Start } from '../../workflows/contract/starts.ts'
import type { App } from '../http/app.ts'
import { withTemporalDeadline } from './deadline.ts'

type Options = { updateId?: string; priority?: Priority }

/** The start options of a workflow that runs once at a time per id, and may run again after it has ended. */
export function startOptions<Input>({ taskQueue }: App, start: Start<Input>) {
  return { ...start, taskQueue, workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const }
}

/** Sends an update to a workflow and starts the workflow if it is not running. @throws Refused */
export function updateWithStart<Input, Result, Args extends unknown[]>(
  app: App,
  workflow: string,
  start: Start<Input>,
  update: UpdateDefinition<Result, Args>,
  args: Args,
  { updateId, priority }: Options = {},
): Promise<Result> {
  const startWorkflowOperation = new WithStartWorkflowOperation(workflow, {
    ...startOptions(app, start),
    workflowIdConflictPolicy: 'USE_EXISTING',
    ...(priority && { priority }),
  })
  return withTemporalDeadline(app, () =>
    app.temporal.workflow.executeUpdateWithStart(update, {
      startWorkflowOperation,
      args,
      ...(updateId && { updateId }),
    }),
  )
}
