import { randomUUID } from 'node:crypto'
import { type Client, WithStartWorkflowOperation } from '@temporalio/client'
import type { Load } from '../measure/load.ts'
import { type empty, finishSignal, startUpdate } from './empty-workflow.ts'

/** Runs the empty workflow by Temporal's client: update-with-start, then a signal. */
export function emptyWorkflowLoad({ workflow }: Client, taskQueue: string, clients: number): Load {
  const lastIds: string[] = []
  return {
    clients,
    operation: async (client, onResponse) => {
      const workflowId = `empty/${randomUUID()}`
      const startWorkflowOperation = new WithStartWorkflowOperation<typeof empty>('empty', {
        workflowId,
        taskQueue,
        workflowIdConflictPolicy: 'FAIL',
        args: [],
      })
      await workflow.executeUpdateWithStart(startUpdate, { startWorkflowOperation })
      onResponse()
      await workflow.getHandle(workflowId).signal(finishSignal)
      lastIds[client] = workflowId
    },
    // A signal returns before the workflow ends, which still belongs to the measured time.
    drain: async () => {
      await Promise.all(lastIds.splice(0).map(id => workflow.getHandle(id).result()))
    },
  }
}
