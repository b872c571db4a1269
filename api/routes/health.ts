import type { Express } from 'express'
import { isReachable } from '../../db/operations/health.ts'
import { recentPollers } from '../../platform/pollers.ts'
import type { App } from '../http/app.ts'

const CHECK_WITHIN_MS = 2_000

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
async function checkTemporal({ temporal, taskQueue }: App) {
  try {
    const deadline = Date.now() + CHECK_WITHIN_MS
    const pollers = await temporal.withDeadline(deadline, () => recentPollers(temporal, taskQueue))
    return {
      temporal: true,
      workflow_pollers: pollers.workflow_pollers.length > 0,
      activity_pollers: pollers.activity_pollers.length > 0,
    }
  } catch {
    return { temporal: false, workflow_pollers: false, activity_pollers: false }
  }
}
