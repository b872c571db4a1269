import { bundle } from '../../worker/bundle.ts'
import { generationWorkflowId } from '../../workflows/contract/ids.ts'
import { complete, reserve, type Target } from '../generations/generation-load.ts'
import { runConcurrently } from '../measure/load.ts'
import { limited, type Result } from '../measure/results.ts'
import type { Bench } from '../setup/bench.ts'
import { logProgress } from '../setup/progress.ts'

const ACCOUNTS = 500
const CONCURRENCY = 10
const MAX_API_MB = 300
const MAX_WORKER_MB = 600
const MAX_BUNDLE_KB = 1000
const MAX_EVENTS = 12

/** Memory of the API and the worker, in separate processes, while many generations are open. */
export async function benchmarkFootprint(bench: Bench): Promise<Result[]> {
  const { plan } = bench
  const created = await bench.createAccounts('open', ACCOUNTS)
  const api = await bench.startLotkeeper('api')
  const worker = await bench.startLotkeeper('worker')
  const target = { ...created, ...api.ready }
  const events = await eventsPerGeneration(bench, target)
  logProgress(`Opening ${plan.open} generations`)
  const ids = await runConcurrently(plan.open, CONCURRENCY, () => reserve(target))
  const [apiUsage, workerUsage] = await Promise.all([api.usage(), worker.usage()])
  await runConcurrently(ids.length, CONCURRENCY, index => complete(target, ids[index] as string))
  const open = `${plan.open} open generations`
  return [
    limited(`memory of the API, ${open}`, 'MB', apiUsage.memory_mb, MAX_API_MB),
    limited(`memory of the worker, ${open}`, 'MB', workerUsage.memory_mb, MAX_WORKER_MB),
    limited('history events of a generation', 'events', events, MAX_EVENTS),
    limited('workflow bundle', 'kB', (await bundle()).length / 1000, MAX_BUNDLE_KB),
  ]
}

/** Length of the history of a generation that is reserved and completed. */
async function eventsPerGeneration(bench: Bench, target: Target): Promise<number> {
  const client = await bench.connectTemporal()
  const id = await reserve(target)
  await complete(target, id)
  const workflow = client.workflow.getHandle(generationWorkflowId(bench.policy.product, id))
  await workflow.result()
  return (await workflow.fetchHistory()).events?.length ?? 0
}
