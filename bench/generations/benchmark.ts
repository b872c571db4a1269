import { Client, Connection } from '@temporalio/client'
import { createKey } from '../../db/accounts/api-keys.ts'
import { connectDb } from '../../db/core/connect.ts'
import type { Policy } from '../../domain/policy/policy.ts'
import type { AppConfig } from '../../platform/config.ts'
import { contest } from '../measure/compare.ts'
import { closedLoop, fixedRate, type Load, type Sample } from '../measure/load.ts'
import { cpuRow, latencyRow, type Row, throughputRow } from '../measure/results.ts'
import type { Plan } from '../plan.ts'
import { type Child, startChild, withCpu } from '../processes/child.ts'
import { startLotkeeper } from '../processes/start-lotkeeper.ts'
import { openAccounts } from '../setup/accounts.ts'
import { emptyWorkflows } from './empty-workflow-load.ts'
import { generationsOverHttp, type Target } from './generation-load.ts'

const CLIENTS = 10
const ACCOUNTS = 100
const BATCH = 100
const EMPTY_QUEUE = 'empty'
const against = 'empty workflow'

/**
 * Generations over HTTP beside empty workflows on the same Temporal server. On both sides the load comes from this
 * process and the worker runs in another one, ours together with the API.
 */
export async function generationRows(config: AppConfig, policy: Policy, plan: Plan): Promise<Row[]> {
  const known = await prepare(config, policy)
  const lotkeeper = await startLotkeeper(config)
  const emptyWorker = await startChild('processes/empty-worker', [config.temporalAddress, EMPTY_QUEUE])
  const connection = await Connection.connect({ address: config.temporalAddress })
  const client = new Client({ connection, namespace: config.temporalNamespace })
  const target = { ...known, ...lotkeeper.ready }
  const empty = (clients: number) => emptyWorkflows(client, EMPTY_QUEUE, clients)
  try {
    const processes = { ours: lotkeeper, theirs: emptyWorker }
    const { rows, half } = await loaded(target, empty(CLIENTS), processes, plan)
    return [
      ...rows,
      ...(await unloaded(target, empty(1), plan)),
      ...(await atRate(half, target, empty(1), plan)),
    ]
  } finally {
    await connection.close()
    await emptyWorker.stop()
    await lotkeeper.stop()
  }
}

async function loaded(
  target: Target,
  empty: Load,
  { ours: lotkeeper, theirs: emptyWorker }: Record<'ours' | 'theirs', Child<unknown>>,
  plan: Plan,
): Promise<{ rows: Row[]; half: number }> {
  const single = generationsOverHttp(target, CLIENTS)
  const batch = generationsOverHttp(target, CLIENTS, BATCH)
  const { ours, empties, batches } = await contest(
    {
      ours: seconds => withCpu(lotkeeper, () => closedLoop(single, seconds)),
      empties: seconds => withCpu(emptyWorker, () => closedLoop(empty, seconds)),
      batches: async seconds => inItems(await closedLoop(batch, seconds)),
    },
    plan,
    plan.warmUp,
  )
  const rows = [
    throughputRow({ name: 'generations over HTTP', against, goal: 0.9 }, ours, empties),
    cpuRow(
      { name: 'CPU of one, API and worker', against: 'worker of the empty workflow', goal: null },
      ours,
      empties,
    ),
    throughputRow(
      { name: `items in batches of ${BATCH}`, against: 'single generations', goal: 30 },
      batches,
      ours,
    ),
  ]
  return { rows, half: Math.max(1, Math.round((rows[0]?.value ?? 0) / 2)) }
}

async function unloaded(target: Target, empty: Load, plan: Plan): Promise<Row[]> {
  const single = generationsOverHttp(target, 1)
  const { ours, empties } = await contest(
    { ours: seconds => closedLoop(single, seconds), empties: seconds => closedLoop(empty, seconds) },
    plan,
  )
  return [
    latencyRow({ name: 'p50 of reserve, 1 client', against, goal: null }, 0.5, ours, empties),
    latencyRow({ name: 'p95 of reserve, 1 client', against, goal: 1.3 }, 0.95, ours, empties),
  ]
}

/** As many a second as would keep them busy for half of the time, come what may. */
async function atRate(perSecond: number, target: Target, empty: Load, plan: Plan): Promise<Row[]> {
  const single = generationsOverHttp(target, 1)
  const { ours, empties } = await contest(
    {
      ours: seconds => fixedRate(single, perSecond, seconds),
      empties: seconds => fixedRate(empty, perSecond, seconds),
    },
    plan,
  )
  const name = `p95 of reserve, ${perSecond} a second`
  return [latencyRow({ name, against, goal: null }, 0.95, ours, empties)]
}

function inItems({ per_second, latencies_ms }: Sample): Sample {
  return { per_second: per_second * BATCH, latencies_ms }
}

async function prepare({ databaseUrl }: AppConfig, policy: Policy) {
  const db = connectDb(databaseUrl, 10)
  try {
    const { key } = await createKey(db, policy.product, { name: 'bench', scope: 'generate' })
    return { key, accounts: await openAccounts(db, policy, 'generations', ACCOUNTS) }
  } finally {
    await db.end()
  }
}
