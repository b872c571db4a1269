import type { Express } from 'express'
import { isReachable } from '../../db/operations/health.ts'
import type { App } from '../http/app.ts'

const CHECK_WITHIN_MS = 2_000
/** A poll takes a minute at most. Temporal lists a poller for five minutes, also after its worker has ended. */
const POLLED_WITHIN_MS = 120_000
/** Values of TaskQueueType in Temporal's API. */
const WORKFLOW_TASKS = 1
const ACTIVITY_TASKS = 2

/** /livez: the process runs. /readyz: the dependencies it can reach. /metrics: metrics for Prometheus. */
export function healthRoutes(http: Express, app: App): void {
  http.get('/livez', (_request, response) => void response.json({ status: 'alive' }))
  http.get('/metrics', async (_request, response) => {
    response.type(app.metrics.contentType).send(await app.metrics.text())
  })
  http.get('/readyz', async (_request, response) => {
    const [postgres, temporal] = await Promise.all([isReachable(app.db), checkTemporal(app)])
    const checks = { postgres, ...temporal }
    const missing = Object.entries(checks)
      .filter(([, there]) => !there)
      .map(([name]) => name)
    const ready = missing.length === 0 && !app.stopping
    const status = ready ? 'ready' : app.stopping ? 'stopping' : 'not ready'
    response.status(ready ? 200 : 503).json({ status, missing, ...checks })
  })
}

/** Whether Temporal answers, and whether workers poll it for workflows and for activities. */
async function checkTemporal(app: App) {
  try {
    const deadline = Date.now() + CHECK_WITHIN_MS
    const [workflow_pollers, activity_pollers] = await app.temporal.withDeadline(deadline, () =>
      Promise.all([hasPollers(app, WORKFLOW_TASKS), hasPollers(app, ACTIVITY_TASKS)]),
    )
    return { temporal: true, workflow_pollers, activity_pollers }
  } catch {
    return { temporal: false, workflow_pollers: false, activity_pollers: false }
  }
}

async function hasPollers({ temporal, taskQueue }: App, taskQueueType: number): Promise<boolean> {
  const { pollers } = await temporal.workflowService.describeTaskQueue({
    namespace: temporal.options.namespace,
    taskQueue: { name: taskQueue },
    taskQueueType,
  })
  const since = Date.now() - POLLED_WITHIN_MS
  return (pollers ?? []).some(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000 > since)
}
