import { generationWorkflowId } from '../../workflows/contract/ids.ts'
import { complete, generationLoad, reserve, type Target } from '../generations/generation-load.ts'
import { type Candidate, compare } from '../measure/compare.ts'
import { closedLoop, runConcurrently } from '../measure/load.ts'
import { metric, type Result, throughput } from '../measure/results.ts'
import { tableGrowth, tableSizes } from '../measure/table-sizes.ts'
import type { Child } from '../processes/child.ts'
import type { Bench } from '../setup/bench.ts'
import { logProgress } from '../setup/progress.ts'

const CLIENTS = 10
const CONCURRENCY = 5
const ACCOUNTS = 500
/** Enough to fill whole pages of every table. */
const GENERATIONS = 300
const WORKERS = [1, 2, 4]

/** Storage per generation, and throughput with more worker processes: the figures of docs/scale.md. */
export async function benchmarkScale(bench: Bench): Promise<Result[]> {
  const { plan } = bench
  const created = await bench.createAccounts('scale', ACCOUNTS)
  const api = await bench.startLotkeeper('api')
  const target = { ...created, ...api.ready }
  const workers: Child<object>[] = []
  const withWorkers =
    (count: number): Candidate =>
    async seconds => {
      const load = generationLoad(target, CLIENTS)
      const isNew = workers.length < count
      while (workers.length < count) workers.push(await bench.startLotkeeper('worker'))
      while (workers.length > count) await workers.pop()?.stop()
      if (isNew) await closedLoop(load, plan.warmUp)
      return closedLoop(load, seconds)
    }
  workers.push(await bench.startLotkeeper('worker'))
  const storage = await storagePerGeneration(bench, target)
  const samples = await compare(Object.fromEntries(WORKERS.map(n => [`w${n}`, withWorkers(n)])), plan)
  const moreWorkers = WORKERS.slice(1).map(n =>
    throughput(
      { name: `generations, ${n} workers`, against: '1 worker', goal: null },
      samples[`w${n}`] ?? [],
      samples.w1 ?? [],
    ),
  )
  return [...storage, ...moreWorkers]
}

async function storagePerGeneration(bench: Bench, target: Target): Promise<Result[]> {
  const db = bench.connectDb(1)
  const before = await tableSizes(db)
  logProgress(`Measuring the storage of ${GENERATIONS} generations`)
  const ids = await runConcurrently(GENERATIONS, CONCURRENCY, async () => {
    const id = await reserve(target)
    await complete(target, id)
    return id
  })
  const tables = tableGrowth(before, await tableSizes(db)).map(({ table, bytes }) =>
    metric(`${table}, per generation`, 'bytes', bytes / GENERATIONS),
  )
  return [...tables, ...(await historySize(bench, ids[0] as string))]
}

async function historySize(bench: Bench, id: string): Promise<Result[]> {
  const { workflow } = await bench.connectTemporal()
  const { historyLength, historySize, raw } = await workflow
    .getHandle(generationWorkflowId(bench.policy.product, id))
    .describe()
  const transitions = Number(raw.workflowExecutionInfo?.stateTransitionCount ?? 0)
  return [
    metric('history of a generation', 'events', historyLength),
    metric('history of a generation', 'bytes', historySize ?? 0),
    metric('state transitions of a generation', 'events', transitions),
  ]
}
