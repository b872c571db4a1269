import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Db } from '../../db/core/command.ts'
import { type SharedSources, sharedGauges } from './shared-gauges.ts'

/** A finished request. `route` is the template of the path: ids would create a time series each. */
export type CompletedRequest = {
  method: string
  route: string
  status: number
  seconds: number
  product: string
  refusal: string | undefined
}

export type Metrics = ReturnType<typeof createMetrics>

/** The metrics of this API process, and those of the ledger that all processes share. */
export function createMetrics(sources: SharedSources) {
  const register = new Registry()
  const registers = [register]
  collectDefaultMetrics({ register })
  const requests = new Histogram({
    name: 'lotkeeper_http_request_duration_seconds',
    help: 'Duration of HTTP requests by route and status, without event streams.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  })
  const refusals = new Counter({
    name: 'lotkeeper_refusals_total',
    help: 'Refused requests by error code.',
    labelNames: ['product', 'code'],
    registers,
  })
  const updateGauges = sharedGauges(sources, registers)
  poolGauges(sources.db, registers)
  return {
    observe: ({ product, refusal, seconds, ...labels }: CompletedRequest) => {
      requests.observe(labels, seconds)
      if (refusal) refusals.inc({ product, code: refusal })
    },
    /** The metrics in Prometheus' text format; never fails or waits long, even if PostgreSQL or Temporal is unreachable. */
    text: async () => {
      await updateGauges()
      return register.metrics()
    },
    contentType: register.contentType,
  }
}

function poolGauges(db: Db, registers: Registry[]): void {
  new Gauge({
    name: 'lotkeeper_pool_connections',
    help: "This process's connections to PostgreSQL.",
    labelNames: ['state'],
    registers,
    collect() {
      this.set({ state: 'idle' }, db.idleCount)
      this.set({ state: 'busy' }, db.totalCount - db.idleCount)
    },
  })
  new Gauge({
    name: 'lotkeeper_pool_waiting',
    help: 'Queries waiting for a connection to PostgreSQL.',
    registers,
    collect() {
      this.set(db.waitingCount)
    },
  })
}
