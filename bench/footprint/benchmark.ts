import { Client, Connection } from '@temporalio/client'
import { createKey } from '../../db/accounts/api-keys.ts'
import { connectDb } from '../../db/core/connect.ts'
import type { Policy } from '../../domain/policy/policy.ts'
import type { AppConfig } from '../../platform/config.ts'
import { bundle } from '../../worker/bundle.ts'
import { generationWorkflowId } from '../../workflows/contract/ids.ts'
import { complete, reserve, type Target } from '../generations/generation-load.ts'
import { inTurns } from '../measure/concurrently.ts'
import { limitRow, type Row } from '../measure/results.ts'
import type { Plan } from '../plan.ts'
import { startLotkeeper } from '../processes/start-lotkeeper.ts'
import { openAccounts } from '../setup/accounts.ts'
import { say } from '../setup/servers.ts'

const ACCOUNTS = 500
const AT_ONCE = 10
const API_MB = 300
const WORKER_MB = 600
const BUNDLE_KB = 1000
const EVENTS = 12

/** What Lotkeeper takes of the machine while many generations are open, API and worker each in a process of its own. */
export async function footprintRows(config: AppConfig, policy: Policy, plan: Plan): Promise<Row[]> {
  const known = await prepare(config, policy)
  const api = await startLotkeeper(config, 'api')
  const worker = await startLotkeeper(config, 'worker')
  const target = { ...known, ...api.ready }
  try {
    const events = await eventsOfOne(config, policy, target)
    say(`Opening ${plan.open} generations`)
    const ids = await inTurns(plan.open, AT_ONCE, () => reserve(target))
    const [ofApi, ofWorker] = await Promise.all([api.usage(), worker.usage()])
    await inTurns(ids.length, AT_ONCE, number => complete(target, ids[number] as string))
    const open = `${plan.open} open generations`
    return [
      limitRow(`memory of the API, ${open}`, 'MB', ofApi.memory_mb, API_MB),
      limitRow(`memory of the worker, ${open}`, 'MB', ofWorker.memory_mb, WORKER_MB),
      limitRow('events of a plain generation', 'events', events, EVENTS),
      limitRow('bundle of the workflows', 'kB', (await bundle()).length / 1000, BUNDLE_KB),
    ]
  } finally {
    await api.stop()
    await worker.stop()
  }
}

/** How long the history of a generation is that is reserved and completed. */
async function eventsOfOne(
  { temporalAddress, temporalNamespace: namespace }: AppConfig,
  { product }: Policy,
  target: Target,
): Promise<number> {
  const connection = await Connection.connect({ address: temporalAddress })
  try {
    const id = await reserve(target)
    await complete(target, id)
    const workflow = new Client({ connection, namespace }).workflow.getHandle(
      generationWorkflowId(product, id),
    )
    await workflow.result()
    return (await workflow.fetchHistory()).events?.length ?? 0
  } finally {
    await connection.close()
  }
}

async function prepare({ databaseUrl }: AppConfig, policy: Policy) {
  const db = connectDb(databaseUrl, 10)
  try {
    const { key } = await createKey(db, policy.product, { name: 'bench', scope: 'generate' })
    return { key, accounts: await openAccounts(db, policy, 'open', ACCOUNTS) }
  } finally {
    await db.end()
  }
}
