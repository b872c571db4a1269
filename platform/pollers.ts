import type { TemporalClient } from './temporal-client.ts'

/** A poll takes a minute at most. Temporal lists a poller for five minutes, also after its worker has ended. */
const POLLED_WITHIN_MS = 120_000
/** Values of TaskQueueType in Temporal's API. */
const TASK_TYPES = { workflow_pollers: 1, activity_pollers: 2 }

export type Pollers = Record<keyof typeof TASK_TYPES, string[]>

/** The identities of the workers that polled the task queue in the last two minutes. @throws ServiceError */
export async function recentPollers(
  { workflowService, options }: Pick<TemporalClient, 'workflowService' | 'options'>,
  taskQueue: string,
): Promise<Pollers> {
  const found = Object.entries(TASK_TYPES).map(async ([name, taskQueueType]) => {
    const { pollers } = await workflowService.describeTaskQueue({
      namespace: options.namespace,
      taskQueue: { name: taskQueue },
      taskQueueType,
    })
    const since = Date.now() - POLLED_WITHIN_MS
    const recent = (pollers ?? []).filter(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000 > since)
    return [name, recent.map(({ identity }) => identity ?? '')]
  })
  return Object.fromEntries(await Promise.all(found))
}
