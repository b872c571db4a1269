import type { Db } from './command.ts'

/**
 * Runs commands in a transaction and rolls it back, so that their results show what they would do. Their locks are held until then,
 * unlike those of other commands: a trial runs few.
 */
export async function rolledBack<T>(db: Db, work: (trial: Db) => Promise<T>): Promise<T> {
  const connection = await db.connect()
  let broken: Error | undefined
  try {
    await connection.query('begin')
    return await work(connection as unknown as Db)
  } finally {
    await connection.query('rollback').catch(error => {
      broken = error
    })
    connection.release(broken)
  }
}
