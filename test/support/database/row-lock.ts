import { connectDb } from '../../../db/core/connect.ts'
import type { Lotkeeper } from '../servers/connect-lotkeeper.ts'
import { waitFor } from '../wait-for.ts'

/** Ends the transaction that holds a lock. */
export type Release = (end?: 'commit' | 'rollback') => Promise<void>

/** Locks the rows that a statement writes or selects for update, on a connection of its own. */
export async function lockRows({ config }: Lotkeeper, statement: string, values: unknown[]): Promise<Release> {
  const db = connectDb(config.databaseUrl, 1)
  const connection = await db.connect()
  await connection.query('set idle_in_transaction_session_timeout = 0')
  await connection.query('begin')
  await connection.query(statement, values)
  return async (end = 'commit') => {
    await connection.query(end)
    connection.release()
    await db.end()
  }
}

/** Resolves when a statement that names the table waits for a lock. */
export async function statementWaits({ db }: Lotkeeper, table: string): Promise<void> {
  const waiting = `select count(*)::int as n from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and query like '%' || $1 || '%'`
  await waitFor('a statement to wait for the lock', async () => (await db.query(waiting, [table])).rows[0].n > 0)
}
