import { randomUUID } from 'node:crypto'
import { type Client, WithStartWorkflowOperation } from '@temporalio/client'
import type { Load } from '../measure/load.ts'
import { beginUpdate, type empty, finishSignal } from './empty-workflow.ts'

/** The empty workflow, driven by the bare Temporal client: update-with-start, then a signal. */
export function emptyWorkflows({ workflow }: Client, taskQueue: string, clients: number): Load {
  const last: string[] = []
  return {
    clients,
    work: async (client, answered) => {
      const workflowId = `empty/${randomUUID()}`
      const startWorkflowOperation = new WithStartWorkflowOperation<typeof empty>('empty', {
        workflowId,
        taskQueue,
        workflowIdConflictPolicy: 'FAIL',
        args: [],
      })
      await workflow.executeUpdateWithStart(beginUpdate, { startWorkflowOperation })
      answered()
      await workflow.getHandle(workflowId).signal(finishSignal)
      last[client] = workflowId
    },
    // A signal is only handed in: those that are not done yet belong to the time that they were begun in.
    drain: async () => {
      await Promise.all(last.splice(0).map(workflowId => workflow.getHandle(workflowId).result()))
    },
  }
}
