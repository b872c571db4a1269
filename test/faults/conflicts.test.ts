import type { PoolClient } from 'pg'
import type { Db } from '../../db/core/command.ts'
import { pickRandom, randomFrom } from '../support/random.ts'
import { createDatabase, repetitions, seed, temporalAddress } from '../support/run/servers.ts'
import { type ServiceProcesses, startServiceProcesses } from '../support/servers/service-processes.ts'
import { waitFor } from '../support/wait-for.ts'
import type { ClientStats } from './retrying-client.ts'
import { runWithClients, waitForMore } from './run-with-clients.ts'

// PostgreSQL aborts transactions because of serialization failures that a trigger raises, before and at commit, and
// because of real deadlocks. Commands are retried or answered with 503, and take effect once.

const ENOUGH_ANSWERED = repetitions(50, 1_000)
const ENOUGH_DEADLOCKS = repetitions(1, 20)

jest.setTimeout(300_000)

/** Share of the commands that fail. */
const FAILING_SHARE = 0.1

type Conflict = (services: ServiceProcesses, stats: ClientStats) => Promise<void>

const raiseInTrigger =
  (code: string, when: string): Conflict =>
  async ({ db }, stats) => {
    await db.query(`create function conflict() returns trigger language plpgsql as
      $$ begin
        if random() < ${FAILING_SHARE} then raise exception 'raised by a test' using errcode = '${code}'; end if;
        return null;
      end $$`)
    await db.query(`create constraint trigger conflict after insert on idempotency_records ${when}
      for each row execute function conflict()`)
    await waitForMore(stats, 'answered', ENOUGH_ANSWERED)
    await db.query('drop function conflict() cascade')
  }

/** Provokes deadlocks by a client that locks accounts in the opposite order. */
const deadlock: Conflict = async ({ db }) => {
  const opponent = await db.connect()
  // A long deadlock_timeout here, so that PostgreSQL aborts the other transactions.
  await opponent.query(`set deadlock_timeout = '1min'; set statement_timeout = 0; set lock_timeout = 0`)
  const before = await deadlocks(db)
  await waitFor(
    'deadlocks',
    async () => {
      await provokeDeadlock(db, opponent)
      return deadlocks(db)
    },
    count => count >= before + ENOUGH_DEADLOCKS,
    200,
  )
  opponent.release(true)
}

async function deadlocks(db: Db): Promise<number> {
  const { rows } = await db.query<{ deadlocks: number }>(
    'select deadlocks from pg_stat_database where datname = current_database()',
  )
  return rows[0]?.deadlocks ?? 0
}

/** Locks the shared account, waits until others wait for it, then locks the accounts that they may hold. */
async function provokeDeadlock(db: Db, opponent: PoolClient): Promise<void> {
  const { rows } = await opponent.query<{ account_key: string }>(
    `select account_key from accounts order by account = 'shared' desc, account_key desc`,
  )
  // The first command waits for the opponent, the others wait for that command.
  const countLockWaits = async () => {
    const found = await db.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    return found.rows.length
  }
  await opponent.query('begin')
  for (const { account_key } of rows) {
    await opponent.query('select from accounts where account_key = $1 for update', [account_key])
    if (account_key === rows[0]?.account_key) await waitFor('two lock waits', countLockWaits, count => count >= 2)
  }
  await opponent.query('commit')
}

const conflicts: Record<string, Conflict> = {
  '40001 before the commit': raiseInTrigger('40001', 'not deferrable'),
  '40001 at the commit': raiseInTrigger('40001', 'deferrable initially deferred'),
  '40P01 before the commit': raiseInTrigger('40P01', 'not deferrable'),
  deadlocks: deadlock,
}

it(`20 clients recover from serialization failures and deadlocks (seed ${seed})`, async () => {
  const database = await createDatabase()
  const servers = { databaseUrl: database.url, temporalAddress: temporalAddress() }
  const services = await startServiceProcesses({ name: `conflicts-${seed}`, ...servers })
  const applied: string[] = []
  try {
    const apis = [{ caller: services.kvidai, ready: () => services.api.ready }]
    const { summary } = await runWithClients({ db: services.db, apis, seed }, async stats => {
      for (const [name, conflict] of pickRandom(Object.entries(conflicts), randomFrom(seed), 2)) {
        await conflict(services, stats)
        await waitForMore(stats, 'answered', ENOUGH_ANSWERED)
        applied.push(name)
      }
    })
    console.info(`seed ${seed}: ${applied.join(', ')}, ${await deadlocks(services.db)} deadlocks: ${summary}`)
  } finally {
    await services.stop()
    await database.drop()
  }
})
