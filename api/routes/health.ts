import type { Express } from 'express'
import { isReachable } from '../../db/operations/health.ts'
import type { App } from '../http/app.ts'

const CHECK_WITHIN_MS = 2_000

/** /livez: the process runs. /readyz: the dependencies it can reach. /metrics: metrics for Prometheus. */
export function healthRoutes(http: Express, app: App): void {
  http.get('/livez', (_request, response) => void response.json({ status: 'alive' }))
  http.get('/metrics', async (_request, response) => {
    response.type(app.metrics.contentType).send(await app.metrics.text())
  })
  http.get('/readyz', async (_request, response) => {
    const [postgres, { temporal, worker }] = await Promise.all([isReachable(app.db), checkTemporal(app)])
    const checks = { postgres, temporal, worker }
    const missing = Object.entries(checks)
      .filter(([, there]) => !there)
      .map(([name]) => name)
    const ready = missing.length === 0 && !app.stopping
    const status = ready ? 'ready' : app.stopping ? 'stopping' : 'not ready'
    response.status(ready ? 200 : 503).json({ status, missing, ...checks })
  })
}

/** A worker is present while it polls the task queue. */
async function checkTemporal({ temporal, taskQueue }: App): Promise<{ temporal: boolean; worker: boolean }> {
  try {
    const { pollers } = await temporal.withDeadline(Date.now() + CHECK_WITHIN_MS, () =>
      temporal.workflowService.describeTaskQueue({
        namespace: temporal.options.namespace,
        taskQueue: { name: taskQueue },
        taskQueueType: 1,
      }),
    )
    return { temporal: true, worker: (pollers?.length ?? 0) > 0 }
  } catch {
    return { temporal: false, worker: false }
  }
}
