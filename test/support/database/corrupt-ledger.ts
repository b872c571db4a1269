import type { Db } from '../../../db/core/command.ts'

/** Changes the ledger by SQL, without triggers and foreign keys. $1 in each statement is the account's key */
export async function corruptLedger(db: Db, account_key: string, ...statements: string[]): Promise<void> {
  const client = await db.connect()
  try {
    await client.query('begin')
    await client.query('set local session_replication_role = replica')
    for (const statement of statements) {
      const { rowCount } = await client.query(statement, [account_key])
      if (!rowCount) throw new Error(`nothing was changed by ${statement}`)
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}
