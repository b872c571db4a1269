import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from '@temporalio/client'
import { putAccount } from '../../db/accounts/accounts.ts'
import type { Db } from '../../db/core/command.ts'
import { termsOf } from '../../domain/memberships/terms.ts'
import { addDuration, anniversary } from '../../domain/shared/calendar.ts'
import { membershipWorkflowId } from '../../workflows/contract/ids.ts'
import { compare } from '../measure/compare.ts'
import { runConcurrently } from '../measure/load.ts'
import { type Result, throughput } from '../measure/results.ts'
import type { Bench } from '../setup/bench.ts'
import { type Run, waveLoad } from './wave.ts'

const CONCURRENCY = 20
const EMPTY_QUEUE = 'empty-memberships'
const PLAN = 'membership'
const POLL_MS = 200

/** Grants due in the same second, compared with empty workflows with the same timer on the same Temporal server. */
export async function benchmarkMemberships(bench: Bench): Promise<Result[]> {
  const { config, plan } = bench
  await bench.startLotkeeper()
  await bench.startChild('processes/empty-worker', [
    config.temporalAddress,
    EMPTY_QUEUE,
    'memberships/empty-membership',
  ])
  const client = await bench.connectTemporal()
  const db = bench.connectDb(CONCURRENCY)
  const { ours, empty } = await compare(
    {
      ours: waveLoad(plan.wave, (size, due) => startMemberships(bench, client, db, size, due)),
      empty: waveLoad(plan.wave, (size, due) => startEmpty(client, size, due)),
    },
    { ...plan, rounds: plan.waves },
  )
  await assertTwoGrantsEach(db)
  const name = `${plan.wave} membership grants due in one second`
  return [throughput({ name, against: 'empty workflow, same timer', goal: 0.8 }, ours, empty)]
}

/** Starts memberships whose second month is due at the given time; the first month is granted at once. */
async function startMemberships(
  { config, policy }: Bench,
  client: Client,
  db: Db,
  size: number,
  due: Date,
): Promise<Run[]> {
  const { product } = policy
  const anchor = anniversary(due, -1, 'UTC').toISOString()
  const paid_through = addDuration(due, 'P1M', 'UTC').toISOString()
  const terms = termsOf(policy, PLAN)
  const wave = randomUUID()
  const runs = await runConcurrently(size, CONCURRENCY, async number => {
    const account = `${wave}-${number}`
    await putAccount(db, product, account, {}, new Date())
    const opening = { plan: PLAN, anchor, paid_through, provider: 'manual', external_id: null, terms }
    return client.workflow.start('membership', {
      workflowId: membershipWorkflowId(product, account),
      taskQueue: config.temporalTaskQueue,
      args: [{ product, account, id: account, opening }],
      followRuns: false,
    })
  })
  for (let waiting = 0; waiting < size; ) {
    await sleep(POLL_MS)
    const statement = 'select count(*) from memberships where membership like $1'
    const { rows } = await db.query(statement, [`${wave}-%`])
    waiting = rows[0].count
  }
  return runs
}

function startEmpty(client: Client, size: number, due: Date): Promise<Run[]> {
  const next = addDuration(due, 'P1M', 'UTC').getTime()
  return runConcurrently(size, CONCURRENCY, () =>
    client.workflow.start('emptyMembership', {
      workflowId: `empty-membership/${randomUUID()}`,
      taskQueue: EMPTY_QUEUE,
      args: [[due.getTime(), next]],
      followRuns: false,
    }),
  )
}

/** @throws Error unless every membership was granted its two months once each */
async function assertTwoGrantsEach(db: Db): Promise<void> {
  const { rows } = await db.query(
    `select origin_id from lots where origin_type = 'membership' group by origin_id
     having count(*) <> 2 or count(distinct granted_at) <> 2`,
  )
  if (rows.length > 0) throw new Error(`${rows.length} memberships were not granted exactly two months.`)
}
