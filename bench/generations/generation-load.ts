import { randomUUID } from 'node:crypto'
import { Agent } from 'node:http'
import { type Client, WithStartWorkflowOperation } from '@temporalio/client'
import { type Load, sample } from '../measure/load.ts'
import { callApi } from './call-api.ts'
import { type empty, finishSignal, startUpdate } from './empty-workflow.ts'

/** The API to call, and the accounts to choose from. */
export type Target = { url: string; key: string; accounts: string[] }

/**
 * Reserves and completes generations over HTTP; latency is that of the reservation.
 * @param outputs size of a batch whose items are settled one by one; one image if left out
 */
export function generationLoad(target: Target, clients: number, outputs?: number): Load {
  const items = outputs ? Array.from({ length: outputs }, (_, index) => ({ index, ok: true })) : undefined
  const agent = new Agent({ keepAlive: true })
  return {
    clients,
    operation: async (_client, onResponse) => {
      const id = await reserve(target, outputs, agent)
      onResponse()
      await complete(target, id, items, agent)
    },
    // The server closes idle connections before the next round.
    drain: async () => agent.destroy(),
  }
}

/** Reserves one or more images. @returns the generation's id */
export async function reserve({ url, key, accounts }: Target, outputs?: number, agent?: Agent): Promise<string> {
  const body = { operation: 'image', outputs }
  const path = `/v1/accounts/${sample(accounts)}/generations`
  const { id } = await callApi<{ id: string }>(key, url + path, body, { agent })
  return id
}

/** @param items results to settle; everything if left out */
export async function complete({ url, key }: Target, id: string, items?: object[], agent?: Agent): Promise<void> {
  await callApi(key, `${url}/v1/generations/${id}/complete`, { items }, { agent })
}

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
