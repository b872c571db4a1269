import { Gauge, type Registry } from 'prom-client'
import { countAttention } from '../../db/attention/list.ts'
import { listDrift } from '../../db/audits/audits.ts'
import type { Db } from '../../db/core/command.ts'
import { healthCounts, readHealth } from '../../db/operations/health.ts'
import { type Policies, promisesOf } from '../../platform/policy-store.ts'
import type { TemporalClient } from '../../platform/temporal-client.ts'
import { attentionQuery } from '../../workflows/contract/attention.ts'

export type SharedSources = {
  db: Db
  policies: Policies
  temporal: TemporalClient
  taskQueue: string
  now: () => Date
  logger: ReadLogger
}

const PRODUCT_GAUGES = {
  ...healthCounts,
  accounts_with_findings: 'Accounts whose last audit has uncorrected findings.',
  drift_credits: 'Credits concerned by uncorrected audit findings.',
  attention_open: 'Items that need a person, as GET /v1/attention lists them.',
  attention_overdue: 'The part of it that is overdue by the policy.',
}

/**
 * Registers the gauges that every API process reports alike.
 * @returns a function that updates them; gauges of an unreachable part have no value
 */
export function sharedGauges(sources: SharedSources, registers: Registry[]): () => Promise<void> {
  const gauge = (name: string, help: string, label: string) =>
    new Gauge({ name: `lotkeeper_${name}`, help, labelNames: [label], registers })
  const up = gauge('up', 'Whether the part is reachable: 1 or 0.', 'part')
  const attention = gauge('needs_attention', 'Workflows that need a person.', 'state')
  const byProduct = Object.entries(PRODUCT_GAUGES).map(([name, help]) => [name, gauge(name, help, 'product')] as const)
  const readLedger = cachedRead(sources.logger, 'postgres', async () => [
    ...(await readHealth(sources.db, sources.now())),
    ...(await listDrift(sources.db)).flatMap(({ product, accounts_with_findings, drift_credits }) => [
      { product, what: 'accounts_with_findings', count: accounts_with_findings },
      { product, what: 'drift_credits', count: drift_credits },
    ]),
    ...(await readAttention(sources)),
  ])
  const readTemporal = cachedRead(sources.logger, 'temporal', async () => {
    const [running, ended] = await Promise.all([countWorkflows(sources, 'running'), countWorkflows(sources, 'ended')])
    return { running, ended }
  })
  return async () => {
    const [ledger, temporal] = await Promise.all([readLedger(), readTemporal()])
    up.set({ part: 'postgres' }, ledger ? 1 : 0)
    up.set({ part: 'temporal' }, temporal ? 1 : 0)
    for (const [name, each] of byProduct) {
      each.reset()
      if (!ledger) continue
      for (const product of sources.policies.keys()) each.set({ product }, 0)
      for (const { product, what, count } of ledger) if (what === name) each.set({ product }, count)
    }
    attention.reset()
    if (temporal) for (const [state, count] of Object.entries(temporal)) attention.set({ state }, count)
  }
}

async function readAttention({ db, policies, now }: SharedSources) {
  const counted = await countAttention(db, promisesOf(policies), undefined, now())
  const total = (product: string, what: 'count' | 'overdue') =>
    counted.filter(each => each.product === product).reduce((sum, each) => sum + each[what], 0)
  return [...policies.keys()].flatMap(product => [
    { product, what: 'attention_open', count: total(product, 'count') },
    { product, what: 'attention_overdue', count: total(product, 'overdue') },
  ])
}

async function countWorkflows({ temporal, taskQueue }: SharedSources, which: 'running' | 'ended'): Promise<number> {
  const query = attentionQuery(taskQueue, which)
  const { count } = await temporal.withDeadline(Date.now() + READ_TIMEOUT_MS, () => temporal.workflow.count(query))
  return count
}

/** The shortest time between two reads of PostgreSQL and Temporal, however often Prometheus scrapes. */
const CACHE_MS = 2_000
const READ_TIMEOUT_MS = 2_000

type ReadLogger = { warn(fields: object, message: string): void }

/** Reads at most every two seconds and waits at most two seconds; null where the read failed. */
function cachedRead<T>(logger: ReadLogger, part: string, read: () => Promise<T>): () => Promise<T | null> {
  let result: Promise<T | null> = Promise.resolve(null)
  let readAt = Number.NEGATIVE_INFINITY
  return () => {
    if (performance.now() - readAt < CACHE_MS) return result
    readAt = performance.now()
    result = withTimeout(read()).catch(error => {
      logger.warn({ part, err: error }, 'metrics: read failed')
      return null
    })
    return result
  }
}

function withTimeout<T>(result: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('timed out')), READ_TIMEOUT_MS)
    result.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
