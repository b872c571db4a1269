import { randomUUID } from 'node:crypto'
import { Client, Connection, type WorkflowHandle } from '@temporalio/client'
import { NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker'
import { pino } from 'pino'
import { observeTemporal } from '../../../worker/bootstrap/logging.ts'
import { registerSearchAttributes } from '../../../worker/bootstrap/search-attributes.ts'
import { temporalAddress, workflowBundle } from '../run/servers.ts'

type Work = (handle: WorkflowHandle) => Promise<void>

export type OwnActivities = {
  /**
   * Starts a workflow of the account `ada` of kvidai. A worker with these activities runs while `work` does.
   * @param before what happens before the worker's first task
   */
  run(
    type: string,
    input: object,
    activities: WorkerOptions['activities'] & object,
    work: Work,
    before?: Work,
  ): Promise<void>
  stop(): Promise<unknown>
}

/** Connects tests that run single workflows with activities of their own. */
export async function connectOwnActivities(): Promise<OwnActivities> {
  observeTemporal(pino({ level: 'silent' }))
  const address = temporalAddress()
  const [native, connection] = await Promise.all([
    NativeConnection.connect({ address }),
    Connection.connect({ address }),
  ])
  await registerSearchAttributes(connection, 'default')
  const { workflow } = new Client({ connection })
  return {
    run: async (type, input, activities, work, before) => {
      const [id, taskQueue] = [randomUUID(), `test-${randomUUID()}`]
      const workflowBundleCode = { code: await workflowBundle() }
      const worker = await Worker.create({
        connection: native,
        taskQueue,
        workflowBundle: workflowBundleCode,
        activities,
      })
      const args = [{ product: 'kvidai', account: 'ada', id, ...input }]
      const handle = await workflow.start(type, { workflowId: `${type}/kvidai/${id}`, taskQueue, args })
      await before?.(handle)
      await worker.runUntil(work(handle))
    },
    stop: () => Promise.all([connection.close(), native.close()]),
  }
}
