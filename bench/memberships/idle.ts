import { setTimeout as sleep } from 'node:timers/promises'
import { callApi } from '../generations/call-api.ts'
import { runConcurrently } from '../measure/load.ts'
import { metric, type Result } from '../measure/results.ts'
import { tableGrowth, tableSizes } from '../measure/table-sizes.ts'
import type { Child } from '../processes/child.ts'
import type { Bench } from '../setup/bench.ts'
import { logProgress } from '../setup/progress.ts'

const CONCURRENCY = 20
const PLAN = 'membership'
/** Until events are published and workflows have left the worker's cache. */
const SETTLE_MS = 15_000
const MEASURE_MS = 60_000

/** CPU and storage of memberships that only wait for their next month. */
export async function benchmarkIdleMemberships(bench: Bench): Promise<Result[]> {
  const { plan } = bench
  const db = bench.connectDb(1)
  const key = await bench.createKey('manage', db)
  const api = await bench.startLotkeeper('api')
  const worker = await bench.startLotkeeper('worker')
  const without = await idleCpu(api, worker)
  const before = await tableSizes(db)
  logProgress(`Creating ${plan.idle} memberships`)
  await runConcurrently(plan.idle, CONCURRENCY, async number => {
    const account = `${api.ready.url}/v1/accounts/idle-${number}`
    await callApi(key, account, {}, { method: 'PUT' })
    await callApi(key, `${account}/memberships`, { plan: PLAN })
  })
  const tables = tableGrowth(before, await tableSizes(db))
  const waiting = await idleCpu(api, worker)
  const idle = `${plan.idle} idle memberships`
  return [
    metric('CPU of the API, no memberships', '% of a CPU', without.api),
    metric(`CPU of the API, ${idle}`, '% of a CPU', waiting.api),
    metric('CPU of the worker, no memberships', '% of a CPU', without.worker),
    metric(`CPU of the worker, ${idle}`, '% of a CPU', waiting.worker),
    metric(`memory of the worker, ${idle}`, 'MB', (await worker.usage()).memory_mb),
    ...tables.map(({ table, bytes }) => metric(`${table}, per idle membership`, 'bytes', bytes / plan.idle)),
  ]
}

/** Percentage of a CPU that each process uses without requests. */
async function idleCpu(api: Child<object>, worker: Child<object>): Promise<{ api: number; worker: number }> {
  await sleep(SETTLE_MS)
  const usages = () => Promise.all([api.usage(), worker.usage()])
  const before = await usages()
  await sleep(MEASURE_MS)
  const after = await usages()
  const percent = (n: 0 | 1) => ((after[n].cpu_ms - before[n].cpu_ms) / MEASURE_MS) * 100
  return { api: percent(0), worker: percent(1) }
}
