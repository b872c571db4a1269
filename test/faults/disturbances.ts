import { setImmediate as nextTurn } from 'node:timers/promises'
import type { CommitGate } from '../support/network/commit-gate.ts'
import type { TestCluster } from '../support/servers/test-cluster.ts'
import { waitFor } from '../support/wait-for.ts'

/**
 * Disturbs a cluster during a call; resolves when everything runs again.
 * @returns false when the call had ended before
 */
export type Disturbance = (cluster: TestCluster, answered: () => boolean) => Promise<boolean>

type Restart = (cluster: TestCluster) => Promise<void>

const restartWorker: Restart = async cluster => {
  await cluster.worker.kill()
  await cluster.worker.start()
}
const restartApi: Restart = async cluster => {
  await cluster.api.kill()
  await cluster.api.start()
}
const restartPostgres: Restart = async cluster => {
  await cluster.postgres.kill()
  await cluster.postgres.restart()
}

/** Kills a PostgreSQL backend with kill -9: PostgreSQL ends all others too and recovers. */
async function killBackend(cluster: TestCluster, backend?: number): Promise<void> {
  const pid = backend ?? (await busyBackend(cluster).catch(() => undefined))
  if (pid !== undefined) process.kill(pid, 'SIGKILL')
  await waitFor('PostgreSQL to recover', () => cluster.db.query('select 1').then(Boolean, () => false))
}

async function busyBackend({ db }: TestCluster): Promise<number | undefined> {
  const { rows } = await db.query<{ pid: number }>(
    `select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()
     order by state = 'active' desc, state_change desc limit 1`,
  )
  return rows[0]?.pid
}

/** Disturbs within the transaction of a command: all rows are written, nothing is committed. */
function beforeCommit(
  disturb: (cluster: TestCluster, backend: number, gate: CommitGate) => Promise<void>,
): Disturbance {
  return async (cluster, answered) => {
    const backend = await cluster.gate.blockedBackend(answered)
    if (backend !== undefined) await disturb(cluster, backend, cluster.gate)
    await cluster.gate.open()
    return backend !== undefined
  }
}

/** Disturbs between the commit of a command and its answer, which the proxy holds back. */
function afterCommit(disturb: (cluster: TestCluster) => Promise<void>): Disturbance {
  return beforeCommit(async (cluster, backend, gate) => {
    cluster.connections.postgres.holdAnswers()
    await gate.open()
    await gate.waitForCommit(backend)
    await disturb(cluster)
    cluster.connections.postgres.releaseAnswers()
  })
}

/** Restarts a process while the commit runs. */
const whileCommitting =
  (restart: Restart): Parameters<typeof beforeCommit>[0] =>
  async (cluster, _backend, gate) => {
    const restarted = restart(cluster)
    await gate.open()
    await restarted
  }

const loseAnswer: Restart = async ({ connections }) => {
  connections.postgres.cut()
  await connections.postgres.restore()
}

/** A disturbance of the first call whose path matches; the gate is closed before the call. */
export type NamedPoint = { name: string; path: RegExp; disturbance: Disturbance }

/**
 * Named points around the commits of memberships and charges, where a repeated command would show: as a second event,
 * or as more credits spent.
 */
export const namedPoints: NamedPoint[] = [
  {
    name: 'backend before the commit',
    path: /memberships/,
    disturbance: beforeCommit((cluster, pid) => killBackend(cluster, pid)),
  },
  { name: 'PostgreSQL before the commit', path: /memberships/, disturbance: beforeCommit(restartPostgres) },
  { name: 'worker before the commit', path: /memberships/, disturbance: beforeCommit(whileCommitting(restartWorker)) },
  { name: 'API before the commit', path: /memberships/, disturbance: beforeCommit(whileCommitting(restartApi)) },
  { name: 'worker after the commit', path: /change$/, disturbance: afterCommit(restartWorker) },
  { name: 'PostgreSQL after the commit', path: /change$/, disturbance: afterCommit(restartPostgres) },
  { name: 'answer lost after the commit', path: /change$/, disturbance: afterCommit(loseAnswer) },
  { name: 'API after the commit of a charge', path: /charges$/, disturbance: afterCommit(restartApi) },
  { name: 'answer to a charge lost after its commit', path: /charges$/, disturbance: afterCommit(loseAnswer) },
]

/** Processes that may be killed at any time. */
const restarts: Record<string, Restart> = {
  worker: restartWorker,
  API: restartApi,
  PostgreSQL: restartPostgres,
  backend: cluster => killBackend(cluster),
  'worker and backend': async cluster => {
    await Promise.all([restartWorker(cluster), killBackend(cluster)])
  },
}

/** Kills a random process at a random time during a call. */
export function randomDisturbance(random: () => number): [string, Disturbance] {
  const names = Object.keys(restarts)
  const name = names[Math.floor(random() * names.length)] ?? ''
  const ticks = Math.floor(random() * 3_000)
  return [
    name,
    async (cluster, answered) => {
      for (let tick = 0; tick < ticks && !answered(); tick += 1) await nextTurn()
      await restarts[name]?.(cluster)
      return true
    },
  ]
}
