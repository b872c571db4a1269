import pg from 'pg'
import { isOutage } from '../../../api/http/problems.ts'
import { SCHEMA } from '../../../db/core/connect.ts'
import { waitFor } from '../wait-for.ts'

const GATE = 7_105_002

/** Blocks commands before their commit while the gate is closed. */
export type CommitGate = {
  close(): Promise<void>
  open(): Promise<void>
  /** Resolves with the server process of a blocked command, or undefined once `isOver` without one. */
  blockedBackend(isOver: () => boolean): Promise<number | undefined>
  /** Resolves when the transaction of that server process is committed, or the process is gone. */
  waitForCommit(backend: number): Promise<void>
}

/** Installs a gate in a test database. */
export async function installCommitGate(databaseUrl: string): Promise<CommitGate> {
  let lockHolder: pg.Client | undefined
  /** The connection that holds the gate's lock. A killed server loses it. */
  async function connected(): Promise<pg.Client> {
    if (lockHolder) return lockHolder
    const client = new pg.Client({ connectionString: databaseUrl, options: `-c search_path=${SCHEMA}` })
    const onLost = () => {
      if (lockHolder === client) lockHolder = undefined
    }
    client.on('error', onLost)
    client.on('end', onLost)
    await client.connect()
    lockHolder = client
    return client
  }
  /** Repeats a query while the server recovers; all queries of the gate may be repeated. */
  async function queryWithRetry(sql: string, values: unknown[] = []): Promise<pg.QueryResult> {
    const attempt = async () => {
      try {
        return await (await connected()).query(sql, values)
      } catch (error) {
        if (!isOutage(error)) throw error
        return undefined
      }
    }
    return (await waitFor('PostgreSQL to recover', attempt)) as pg.QueryResult
  }
  await queryWithRetry(`create function gate() returns trigger language plpgsql as
    $$ begin perform pg_advisory_xact_lock_shared(${GATE}); return null; end $$`)
  await queryWithRetry(`create constraint trigger gate after insert on idempotency_records deferrable initially deferred
    for each row execute function gate()`)
  return {
    close: async () => void (await queryWithRetry('select pg_advisory_lock($1)', [GATE])),
    open: async () => void (await queryWithRetry('select pg_advisory_unlock_all()')),
    blockedBackend: async isOver => {
      const found = await waitFor(
        'a transaction at the gate',
        async () => {
          const wasOver = isOver()
          const { rows } = await queryWithRetry(
            `select pid from pg_locks where locktype = 'advisory' and objid = $1 and not granted`,
            [GATE],
          )
          return { pid: rows[0]?.pid as number | undefined, wasOver }
        },
        ({ pid, wasOver }) => pid !== undefined || wasOver,
      )
      return found.pid
    },
    waitForCommit: async backend => {
      await waitFor('the commit', async () => {
        const { rows } = await queryWithRetry(`select from pg_stat_activity where pid = $1 and state = 'active'`, [
          backend,
        ])
        return rows.length === 0
      })
    },
  }
}
