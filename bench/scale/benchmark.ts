import { Client, Connection } from '@temporalio/client'
import { createKey } from '../../db/accounts/api-keys.ts'
import { connectDb } from '../../db/core/connect.ts'
import type { Policy } from '../../domain/policy/policy.ts'
import type { AppConfig } from '../../platform/config.ts'
import { generationWorkflowId } from '../../workflows/contract/ids.ts'
import { complete, generationsOverHttp, reserve, type Target } from '../generations/generation-load.ts'
import { type Contender, contest } from '../measure/compare.ts'
import { inTurns } from '../measure/concurrently.ts'
import { closedLoop } from '../measure/load.ts'
import { factRow, type Row, throughputRow } from '../measure/results.ts'
import { grown, sizesOf } from '../measure/table-sizes.ts'
import type { Plan } from '../plan.ts'
import type { Child } from '../processes/child.ts'
import { startLotkeeper } from '../processes/start-lotkeeper.ts'
import { openAccounts } from '../setup/accounts.ts'
import { say } from '../setup/servers.ts'

const CLIENTS = 10
const AT_ONCE = 5
const ACCOUNTS = 500
/** As many as make whole pages of every table. */
const COUNTED = 300
const WORKERS = [1, 2, 4]

/** What a generation costs the databases, and what more worker processes come to: the figures of docs/scale.md. */
export async function scaleRows(config: AppConfig, policy: Policy, plan: Plan): Promise<Row[]> {
  const known = await prepare(config, policy)
  const api = await startLotkeeper(config, 'api')
  const target = { ...known, ...api.ready }
  const workers: Child<object>[] = []
  const withWorkers =
    (count: number): Contender =>
    async seconds => {
      const load = generationsOverHttp(target, CLIENTS)
      const isNew = workers.length < count
      while (workers.length < count) workers.push(await startLotkeeper(config, 'worker'))
      while (workers.length > count) await workers.pop()?.stop()
      if (isNew) await closedLoop(load, plan.warmUp)
      return closedLoop(load, seconds)
    }
  try {
    workers.push(await startLotkeeper(config, 'worker'))
    const costs = await costRows(config, policy, target)
    const samples = await contest(Object.fromEntries(WORKERS.map(n => [`w${n}`, withWorkers(n)])), plan)
    const one = samples.w1 ?? []
    const more = WORKERS.slice(1).map(n =>
      throughputRow(
        { name: `generations, ${n} workers`, against: '1 worker', goal: null },
        samples[`w${n}`] ?? [],
        one,
      ),
    )
    return [...costs, ...more]
  } finally {
    for (const worker of workers) await worker.stop()
    await api.stop()
  }
}

async function costRows(config: AppConfig, policy: Policy, target: Target): Promise<Row[]> {
  const before = await sizesOf(config.databaseUrl)
  say(`Counting what ${COUNTED} generations leave behind`)
  const ids = await inTurns(COUNTED, AT_ONCE, async () => {
    const id = await reserve(target)
    await complete(target, id)
    return id
  })
  const rows = grown(before, await sizesOf(config.databaseUrl)).map(({ table, bytes }) =>
    factRow(`${table}, of a generation`, 'bytes', bytes / COUNTED),
  )
  return [...rows, ...(await workflowRows(config, policy, ids[0] as string))]
}

async function workflowRows(
  { temporalAddress, temporalNamespace: namespace }: AppConfig,
  { product }: Policy,
  id: string,
): Promise<Row[]> {
  const connection = await Connection.connect({ address: temporalAddress })
  try {
    const { workflow } = new Client({ connection, namespace })
    const { historyLength, historySize, raw } = await workflow
      .getHandle(generationWorkflowId(product, id))
      .describe()
    return [
      factRow('history of a generation', 'events', historyLength),
      factRow('history of a generation', 'bytes', historySize ?? 0),
      factRow(
        'state transitions of a generation',
        'events',
        Number(raw.workflowExecutionInfo?.stateTransitionCount ?? 0),
      ),
    ]
  } finally {
    await connection.close()
  }
}

async function prepare({ databaseUrl }: AppConfig, policy: Policy) {
  const db = connectDb(databaseUrl, 10)
  try {
    const { key } = await createKey(db, policy.product, { name: 'bench', scope: 'generate' })
    return { key, accounts: await openAccounts(db, policy, 'scale', ACCOUNTS) }
  } finally {
    await db.end()
  }
}
