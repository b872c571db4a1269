import { setTimeout as sleep } from 'node:timers/promises'
import { createKey } from '../../db/accounts/api-keys.ts'
import { connectDb } from '../../db/core/connect.ts'
import type { Policy } from '../../domain/policy/policy.ts'
import type { AppConfig } from '../../platform/config.ts'
import { send } from '../generations/call-api.ts'
import { inTurns } from '../measure/concurrently.ts'
import { factRow, type Row } from '../measure/results.ts'
import { grown, sizesOf } from '../measure/table-sizes.ts'
import type { Plan } from '../plan.ts'
import type { Child } from '../processes/child.ts'
import { startLotkeeper } from '../processes/start-lotkeeper.ts'
import { say } from '../setup/servers.ts'

const AT_ONCE = 20
const PLAN = 'membership'
/** What was begun comes to rest before anybody looks: events are told, workflows leave the worker's cache. */
const SETTLE_MS = 15_000
const LOOK_MS = 60_000

/** What memberships cost that only wait for their next month: CPU of API and worker beside none at all, and rows. */
export async function idleRows(config: AppConfig, { product }: Policy, plan: Plan): Promise<Row[]> {
  const key = await manageKey(config, product)
  const api = await startLotkeeper(config, 'api')
  const worker = await startLotkeeper(config, 'worker')
  try {
    const without = await shares(api, worker)
    const before = await sizesOf(config.databaseUrl)
    say(`Beginning ${plan.idle} memberships`)
    await inTurns(plan.idle, AT_ONCE, async number => {
      const account = `${api.ready.url}/v1/accounts/idle-${number}`
      await send(key, account, {}, { method: 'PUT' })
      await send(key, `${account}/memberships`, { plan: PLAN })
    })
    const tables = grown(before, await sizesOf(config.databaseUrl))
    const waiting = await shares(api, worker)
    const idle = `${plan.idle} idle memberships`
    return [
      factRow('CPU of the API, no memberships', '% of a CPU', without.api),
      factRow(`CPU of the API, ${idle}`, '% of a CPU', waiting.api),
      factRow('CPU of the worker, no memberships', '% of a CPU', without.worker),
      factRow(`CPU of the worker, ${idle}`, '% of a CPU', waiting.worker),
      factRow(`memory of the worker, ${idle}`, 'MB', (await worker.usage()).memory_mb),
      ...tables.map(({ table, bytes }) =>
        factRow(`${table}, of an idle membership`, 'bytes', bytes / plan.idle),
      ),
    ]
  } finally {
    await api.stop()
    await worker.stop()
  }
}

/** How much of a CPU each takes while nobody asks for anything. */
async function shares(api: Child<object>, worker: Child<object>): Promise<{ api: number; worker: number }> {
  await sleep(SETTLE_MS)
  const usages = () => Promise.all([api.usage(), worker.usage()])
  const before = await usages()
  await sleep(LOOK_MS)
  const after = await usages()
  const share = (n: 0 | 1) => ((after[n].cpu_ms - before[n].cpu_ms) / LOOK_MS) * 100
  return { api: share(0), worker: share(1) }
}

async function manageKey({ databaseUrl }: AppConfig, product: string): Promise<string> {
  const db = connectDb(databaseUrl, 1)
  try {
    return (await createKey(db, product, { name: 'bench', scope: 'manage' })).key
  } finally {
    await db.end()
  }
}
