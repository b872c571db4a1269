import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { listDrift } from '../db/audits/audits.ts'
import { readHealth } from '../db/operations/health.ts'
import { searchAttributes } from '../workflows/contract/messages.ts'
import type { App } from './http/app.ts'

/** One answered request, by the template of its route: ids would make a time series each. */
export type CompletedRequest = {
  method: string
  route: string
  status: number
  seconds: number
  product: string
  refusal: string | undefined
}

export type Metrics = {
  observe(request: CompletedRequest): void
  /** the text that Prometheus reads; it comes in time and never fails, whatever is away */
  text(): Promise<string>
  contentType: string
}

type Measured = Pick<App, 'db' | 'policies' | 'temporal' | 'taskQueue' | 'now' | 'logger'>

/** However many ask, PostgreSQL and Temporal are asked this often at most. */
const REMEMBERED_MS = 2_000
const ANSWER_WITHIN_MS = 2_000

/** What is measured of an API process, and of the book that all of them share. */
export function createMetrics(app: Measured): Metrics {
  const registers = [new Registry()]
  const [register] = registers as [Registry]
  collectDefaultMetrics({ register })
  const requests = new Histogram({
    name: 'lotkeeper_http_request_duration_seconds',
    help: 'How long requests took, by route and status; streams of events are left out.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  })
  const refusals = new Counter({
    name: 'lotkeeper_refusals_total',
    help: 'Requests that were refused, by the code of the refusal.',
    labelNames: ['product', 'code'],
    registers,
  })
  const gauges = sharedGauges(app, registers)
  poolGauges(app, registers)
  return {
    observe: ({ product, refusal, seconds, ...labels }) => {
      requests.observe(labels, seconds)
      if (refusal) refusals.inc({ product, code: refusal })
    },
    text: async () => {
      await gauges()
      return register.metrics()
    },
    contentType: register.contentType,
  }
}

/** @returns brings the gauges up to date; those of a part that is away have no value */
function sharedGauges(app: Measured, registers: Registry[]): () => Promise<void> {
  const gauge = (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name, help, labelNames, registers })
  const up = gauge('lotkeeper_up', 'Whether it could be asked: 1, or 0.', 'part')
  const byProduct = {
    holds_open: gauge('lotkeeper_holds_open', 'Generations that hold credits.', 'product'),
    holds_overdue: gauge('lotkeeper_holds_overdue', 'Of those, past their deadline by a minute.', 'product'),
    purchases_delayed: gauge(
      'lotkeeper_purchases_delayed',
      'Purchases whose credits did not come in time.',
      'product',
    ),
    grants_late: gauge('lotkeeper_grants_late', 'Memberships due five minutes ago and not moved.', 'product'),
    webhooks_late: gauge(
      'lotkeeper_webhooks_late',
      'Events not taken by an endpoint in five minutes.',
      'product',
    ),
    accounts_with_findings: gauge(
      'lotkeeper_accounts_with_findings',
      'Accounts whose last audit found something that is not mended.',
      'product',
    ),
    drift_credits: gauge('lotkeeper_drift_credits', 'The credits that those findings are about.', 'product'),
  }
  const attention = gauge('lotkeeper_needs_attention', 'Workflows that need a person.', 'state')

  const readBook = cached(app, 'postgres', async () => [
    ...(await readHealth(app.db, app.now())),
    ...(await listDrift(app.db)),
  ])
  const readTemporal = cached(app, 'temporal', async () => {
    const [running, all] = await Promise.all([attentionCount(app, true), attentionCount(app, false)])
    return { running, ended: all - running }
  })
  return async () => {
    const [db, temporal] = await Promise.all([readBook(), readTemporal()])
    up.set({ part: 'postgres' }, db ? 1 : 0)
    up.set({ part: 'temporal' }, temporal ? 1 : 0)
    for (const [name, each] of Object.entries(byProduct)) {
      each.reset()
      if (!db) continue
      for (const product of app.policies.keys()) each.set({ product }, 0)
      for (const { product, ...row } of db)
        if (name in row) each.set({ product }, row[name as keyof typeof row])
    }
    attention.reset()
    if (temporal) for (const [state, count] of Object.entries(temporal)) attention.set({ state }, count)
  }
}

function poolGauges({ db }: Measured, registers: Registry[]): void {
  new Gauge({
    name: 'lotkeeper_pool_connections',
    help: 'Connections of this process to PostgreSQL.',
    labelNames: ['state'],
    registers,
    collect() {
      this.set({ state: 'idle' }, db.idleCount)
      this.set({ state: 'busy' }, db.totalCount - db.idleCount)
    },
  })
  new Gauge({
    name: 'lotkeeper_pool_waiting',
    help: 'Who waits for a connection to PostgreSQL.',
    registers,
    collect() {
      this.set(db.waitingCount)
    },
  })
}

async function attentionCount({ temporal, taskQueue }: Measured, running: boolean): Promise<number> {
  const { name } = searchAttributes.needsAttention
  const query = `TaskQueue = '${taskQueue}' AND ${name} = true${running ? " AND ExecutionStatus = 'Running'" : ''}`
  const { count } = await temporal.withDeadline(Date.now() + ANSWER_WITHIN_MS, () =>
    temporal.workflow.count(query),
  )
  return count
}

/** Asks at most so often and waits at most so long; null while no answer can be had. */
function cached<T>({ logger }: Measured, part: string, ask: () => Promise<T>): () => Promise<T | null> {
  let answer: Promise<T | null> = Promise.resolve(null)
  let askedAt = Number.NEGATIVE_INFINITY
  return () => {
    if (performance.now() - askedAt < REMEMBERED_MS) return answer
    askedAt = performance.now()
    answer = withTimeout(ask()).catch(error => {
      logger.warn({ part, err: error }, 'could not be measured')
      return null
    })
    return answer
  }
}

function withTimeout<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer in time')), ANSWER_WITHIN_MS)
    answer.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
