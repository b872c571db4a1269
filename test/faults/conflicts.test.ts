import type { PoolClient } from 'pg'
import type { Db } from '../../db/core/command.ts'
import { chosen, randomFrom } from '../support/random.ts'
import { createDatabase, seed, temporalAddress, times } from '../support/run/servers.ts'
import { type ServiceProcesses, startServiceProcesses } from '../support/servers/service-processes.ts'
import { waitFor } from '../support/wait-for.ts'
import type { ClientStats } from './retrying-client.ts'
import { growsBy, whileWorking } from './while-working.ts'

// PostgreSQL aborts transactions: for serialization failures raised by a trigger, before and at commit, and for real
// deadlocks. Commands are retried or answered with 503, and take effect once.

const ENOUGH_ANSWERED = times(50, 1_000)
const ENOUGH_DEADLOCKS = times(1, 20)

jest.setTimeout(300_000)

/** Share of the commands. */
const SHARE = 0.1

type Conflict = (services: ServiceProcesses, stats: ClientStats) => Promise<void>

const madeUp =
  (code: string, when: string): Conflict =>
  async ({ db }, stats) => {
    await db.query(`create function conflict() returns trigger language plpgsql as
      $$ begin
        if random() < ${SHARE} then raise exception 'made up' using errcode = '${code}'; end if;
        return null;
      end $$`)
    await db.query(`create constraint trigger conflict after insert on idempotency_records ${when}
      for each row execute function conflict()`)
    await growsBy(stats, 'answered', ENOUGH_ANSWERED)
    await db.query('drop function conflict() cascade')
  }

/** A client that locks accounts in the opposite order. */
const deadlock: Conflict = async ({ db }) => {
  const opponent = await db.connect()
  // A long deadlock_timeout here, so that PostgreSQL aborts the other transactions.
  await opponent.query(`set deadlock_timeout = '1min'; set statement_timeout = 0; set lock_timeout = 0`)
  const before = await deadlocks(db)
  await waitFor(
    'deadlocks',
    async () => {
      await meet(db, opponent)
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
async function meet(db: Db, opponent: PoolClient): Promise<void> {
  const { rows } = await opponent.query<{ account_key: string }>(
    `select account_key from accounts order by account = 'shared' desc, account_key desc`,
  )
  // The first of them waits for us, the others for it.
  const waiting = async () => {
    const found = await db.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    return found.rows.length
  }
  await opponent.query('begin')
  for (const { account_key } of rows) {
    await opponent.query('select from accounts where account_key = $1 for update', [account_key])
    if (account_key === rows[0]?.account_key) await waitFor('two lock waits', waiting, count => count >= 2)
  }
  await opponent.query('commit')
}

const conflicts: Record<string, Conflict> = {
  '40001 before the commit': madeUp('40001', 'not deferrable'),
  '40001 at the commit': madeUp('40001', 'deferrable initially deferred'),
  '40P01 before the commit': madeUp('40P01', 'not deferrable'),
  deadlocks: deadlock,
}

it(`conflicts and deadlocks under 20 clients (seed ${seed})`, async () => {
  const database = await createDatabase()
  const servers = { databaseUrl: database.url, temporalAddress: temporalAddress() }
  const services = await startServiceProcesses({ name: `conflicts-${seed}`, ...servers })
  const seen: string[] = []
  try {
    const apis = [{ caller: services.kvidai, ready: () => services.api.ready }]
    const { said } = await whileWorking({ db: services.db, apis, seed }, async stats => {
      for (const [name, conflict] of chosen(Object.entries(conflicts), randomFrom(seed), 2)) {
        await conflict(services, stats)
        await growsBy(stats, 'answered', ENOUGH_ANSWERED)
        seen.push(name)
      }
    })
    console.info(`seed ${seed}: ${seen.join(', ')}, ${await deadlocks(services.db)} deadlocks: ${said}`)
  } finally {
    await services.stop()
    await database.drop()
  }
})
