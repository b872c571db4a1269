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

const worker: Restart = async cluster => {
  await cluster.worker.kill()
  await cluster.worker.start()
}
const api: Restart = async cluster => {
  await cluster.api.kill()
  await cluster.api.start()
}
const server: Restart = async cluster => {
  await cluster.postgres.kill()
  await cluster.postgres.startAgain()
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

/** In the transaction of a command: everything is written, nothing committed. */
function beforeCommit(strike: (cluster: TestCluster, backend: number, gate: CommitGate) => Promise<void>): Disturbance {
  return async (cluster, answered) => {
    const backend = await cluster.gate.someoneWaits(answered)
    if (backend !== undefined) await strike(cluster, backend, cluster.gate)
    await cluster.gate.open()
    return backend !== undefined
  }
}

/** Between the commit of a command and its answer, which is held back. */
function afterCommit(strike: (cluster: TestCluster) => Promise<void>): Disturbance {
  return beforeCommit(async (cluster, backend, gate) => {
    cluster.lines.postgres.hold()
    await gate.open()
    await gate.hasCommitted(backend)
    await strike(cluster)
    cluster.lines.postgres.release()
  })
}

const opened =
  (victim: Restart): Parameters<typeof beforeCommit>[0] =>
  async (cluster, _backend, gate) => {
    const struck = victim(cluster)
    await gate.open()
    await struck
  }

const answerLost: Restart = async ({ lines }) => {
  lines.postgres.cut()
  await lines.postgres.mend()
}

/** A disturbance for the calls whose path it names; the gate is closed before them. */
export type NamedPoint = { name: string; of: RegExp; disturbance: Disturbance }

/**
 * Named points around the commits of memberships and charges, where a repeated command would show: as a second event,
 * or as more credits spent.
 */
export const namedPoints: NamedPoint[] = [
  {
    name: 'backend before the commit',
    of: /memberships/,
    disturbance: beforeCommit((h, pid) => killBackend(h, pid)),
  },
  { name: 'PostgreSQL before the commit', of: /memberships/, disturbance: beforeCommit(server) },
  { name: 'worker before the commit', of: /memberships/, disturbance: beforeCommit(opened(worker)) },
  { name: 'API before the commit', of: /memberships/, disturbance: beforeCommit(opened(api)) },
  { name: 'worker after the commit', of: /change$/, disturbance: afterCommit(worker) },
  { name: 'PostgreSQL after the commit', of: /change$/, disturbance: afterCommit(server) },
  { name: 'answer lost after the commit', of: /change$/, disturbance: afterCommit(answerLost) },
  { name: 'API after the commit of a charge', of: /charges$/, disturbance: afterCommit(api) },
  { name: 'answer to a charge lost after its commit', of: /charges$/, disturbance: afterCommit(answerLost) },
]

/** Processes that may be killed at any time. */
const restarts: Record<string, Restart> = {
  worker,
  api,
  server,
  backend: cluster => killBackend(cluster),
  'worker and backend': async cluster => {
    await Promise.all([worker(cluster), killBackend(cluster)])
  },
}

/** Kills a random process at a random time during a call. */
export function atRandom(random: () => number): [string, Disturbance] {
  const names = Object.keys(restarts)
  const name = names[Math.floor(random() * names.length)] ?? ''
  const turns = Math.floor(random() * 3_000)
  return [
    name,
    async (cluster, answered) => {
      for (let turn = 0; turn < turns && !answered(); turn += 1) await nextTurn()
      await restarts[name]?.(cluster)
      return true
    },
  ]
}
