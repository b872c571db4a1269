import { startByTheBook } from '../by-the-book/setup.ts'
import { compare } from '../measure/compare.ts'
import { closedLoop, fixedRate, type Load, type Sample } from '../measure/load.ts'
import { cpu, latency, type Result, throughput } from '../measure/results.ts'
import type { Plan } from '../plan.ts'
import { type Child, withCpu } from '../processes/child.ts'
import type { Bench } from '../setup/bench.ts'
import { emptyWorkflowLoad, generationLoad, type Target } from './generation-load.ts'

const CLIENTS = 10
const ACCOUNTS = 100
const BATCH = 100
const EMPTY_QUEUE = 'empty'
const against = 'empty workflow'

type ByTheBook = Awaited<ReturnType<typeof startByTheBook>>

/**
 * Generations over HTTP, compared with empty workflows on the same Temporal server, and with what one would write oneself
 * (by-the-book/). This process generates all loads; the workers run in other processes, together with their API.
 */
export async function benchmarkGenerations(bench: Bench): Promise<Result[]> {
  const { config, plan } = bench
  const created = await bench.createAccounts('generations', ACCOUNTS)
  const lotkeeper = await bench.startLotkeeper()
  const emptyWorker = await bench.startChild('processes/empty-worker', [
    config.temporalAddress,
    EMPTY_QUEUE,
    'generations/empty-workflow',
  ])
  const byTheBook = await startByTheBook(bench, created.accounts)
  const client = await bench.connectTemporal()
  const target = { ...created, ...lotkeeper.ready }
  const emptyLoad = (clients: number) => emptyWorkflowLoad(client, EMPTY_QUEUE, clients)
  const results = await underLoad(target, emptyLoad(CLIENTS), { lotkeeper, emptyWorker, byTheBook }, plan)
  const halfRate = Math.max(1, Math.round((results[0]?.value ?? 0) / 2))
  return [
    ...results,
    ...(await withOneClient(target, emptyLoad(1), plan)),
    ...(await atRate(halfRate, target, emptyLoad(1), plan)),
  ]
}

async function underLoad(
  target: Target,
  emptyLoad: Load,
  { lotkeeper, emptyWorker, byTheBook }: Record<'lotkeeper' | 'emptyWorker', Child<unknown>> & { byTheBook: ByTheBook },
  plan: Plan,
): Promise<Result[]> {
  const single = generationLoad(target, CLIENTS)
  const batch = generationLoad(target, CLIENTS, BATCH)
  const peer = generationLoad(byTheBook.target, CLIENTS)
  const { ours, empty, own, batches } = await compare(
    {
      ours: seconds => withCpu(lotkeeper, () => closedLoop(single, seconds)),
      empty: seconds => withCpu(emptyWorker, () => closedLoop(emptyLoad, seconds)),
      own: seconds => withCpu(byTheBook.service, () => closedLoop(peer, seconds)),
      batches: async seconds => itemsPerSecond(await closedLoop(batch, seconds)),
    },
    plan,
    plan.warmUp,
  )
  return [
    throughput({ name: 'generations over HTTP', against, goal: 0.9 }, ours, empty),
    cpu(
      { name: 'CPU per generation, API and worker', against: 'worker of the empty workflow', goal: null },
      ours,
      empty,
    ),
    throughput({ name: 'generations over HTTP', against: 'by the book', goal: 1.2 }, ours, own),
    cpu({ name: 'CPU per generation, API and worker', against: 'by the book', goal: null }, ours, own),
    throughput({ name: `items in batches of ${BATCH}`, against: 'single generations', goal: 30 }, batches, ours),
  ]
}

async function withOneClient(target: Target, emptyLoad: Load, plan: Plan): Promise<Result[]> {
  const single = generationLoad(target, 1)
  const { ours, empty } = await compare(
    { ours: seconds => closedLoop(single, seconds), empty: seconds => closedLoop(emptyLoad, seconds) },
    plan,
  )
  return [
    latency({ name: 'p50 of reserve, 1 client', against, goal: null }, 0.5, ours, empty),
    latency({ name: 'p95 of reserve, 1 client', against, goal: 1.3 }, 0.95, ours, empty),
  ]
}

async function atRate(perSecond: number, target: Target, emptyLoad: Load, plan: Plan): Promise<Result[]> {
  const single = generationLoad(target, 1)
  const { ours, empty } = await compare(
    {
      ours: seconds => fixedRate(single, perSecond, seconds),
      empty: seconds => fixedRate(emptyLoad, perSecond, seconds),
    },
    plan,
  )
  return [latency({ name: `p95 of reserve, ${perSecond} per second`, against, goal: null }, 0.95, ours, empty)]
}

function itemsPerSecond({ per_second, latencies_ms }: Sample): Sample {
  return { per_second: per_second * BATCH, latencies_ms }
}
