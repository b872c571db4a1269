import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, Connection } from '@temporalio/client'
import { putAccount } from '../../db/accounts/accounts.ts'
import type { Db } from '../../db/core/command.ts'
import { connectDb } from '../../db/core/connect.ts'
import { termsOf } from '../../domain/memberships/terms.ts'
import type { Policy } from '../../domain/policy/policy.ts'
import { addDuration, anniversary } from '../../domain/shared/calendar.ts'
import type { AppConfig } from '../../platform/config.ts'
import { membershipWorkflowId } from '../../workflows/contract/ids.ts'
import { contest } from '../measure/compare.ts'
import { inTurns } from '../measure/concurrently.ts'
import { type Row, throughputRow } from '../measure/results.ts'
import type { Plan } from '../plan.ts'
import { startChild } from '../processes/child.ts'
import { startLotkeeper } from '../processes/start-lotkeeper.ts'
import { type Waiting, waves } from './wave.ts'

const AT_ONCE = 20
const EMPTY_QUEUE = 'empty-memberships'
const PLAN = 'membership'

/**
 * Grants that are all due in one second, beside as many empty workflows with the same timer on the same
 * Temporal server. On both sides the worker is a process of its own.
 */
export async function membershipRows(config: AppConfig, policy: Policy, plan: Plan): Promise<Row[]> {
  const lotkeeper = await startLotkeeper(config)
  const workflows = 'memberships/empty-membership'
  const emptyWorker = await startChild('processes/empty-worker', [
    config.temporalAddress,
    EMPTY_QUEUE,
    workflows,
  ])
  const connection = await Connection.connect({ address: config.temporalAddress })
  const client = new Client({ connection, namespace: config.temporalNamespace })
  const db = connectDb(config.databaseUrl, AT_ONCE)
  try {
    const { ours, empty } = await contest(
      {
        ours: waves(plan.wave, (size, due) => beginMemberships({ client, db, policy, config }, size, due)),
        empty: waves(plan.wave, (size, due) => beginEmpty(client, size, due)),
      },
      { ...plan, rounds: plan.waves },
    )
    await checkOncePerMonth(db)
    return [
      throughputRow(
        {
          name: `${plan.wave} membership grants due in one second`,
          against: 'empty workflow, same timer',
          goal: 0.8,
        },
        ours,
        empty,
      ),
    ]
  } finally {
    await Promise.all([db.end(), connection.close()])
    await emptyWorker.stop()
    await lotkeeper.stop()
  }
}

type Parts = { client: Client; db: Db; policy: Policy; config: AppConfig }

/** Memberships whose second month is due then; their first one they get at once. */
async function beginMemberships(
  { client, db, policy, config }: Parts,
  size: number,
  due: Date,
): Promise<Waiting[]> {
  const { product } = policy
  const anchor = anniversary(due, -1, 'UTC').toISOString()
  const paid_through = addDuration(due, 'P1M', 'UTC').toISOString()
  const terms = termsOf(policy, PLAN)
  const wave = randomUUID()
  const handles = await inTurns(size, AT_ONCE, async number => {
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
    await sleep(200)
    const { rows } = await db.query(`select count(*) from memberships where membership like $1`, [
      `${wave}-%`,
    ])
    waiting = rows[0].count
  }
  return handles
}

async function beginEmpty(client: Client, size: number, due: Date): Promise<Waiting[]> {
  const next = addDuration(due, 'P1M', 'UTC').getTime()
  return inTurns(size, AT_ONCE, () =>
    client.workflow.start('emptyMembership', {
      workflowId: `empty-membership/${randomUUID()}`,
      taskQueue: EMPTY_QUEUE,
      args: [[due.getTime(), next]],
      followRuns: false,
    }),
  )
}

/** Whatever the waves were like, each membership has its two months, once each. */
async function checkOncePerMonth(db: Db): Promise<void> {
  const { rows } = await db.query(
    `select origin_id from lots where origin_type = 'membership' group by origin_id
     having count(*) <> 2 or count(distinct granted_at) <> 2`,
  )
  if (rows.length > 0) throw new Error(`${rows.length} memberships have not exactly two months`)
}
