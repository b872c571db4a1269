import { connectDb } from '../../../db/core/connect.ts'
import { sharedConfig } from '../run/servers.ts'
import { checkLedger, connectLotkeeper, type Lotkeeper } from './connect-lotkeeper.ts'

/**
 * The API and worker that the test files of a Jest worker share, one after the other: for files that use only
 * their own accounts. Its stop checks the accounts that were created since.
 */
export async function useSharedLotkeeper(): Promise<Lotkeeper> {
  const config = await sharedConfig()
  const others = await accountsIn(config.databaseUrl)
  const lotkeeper = await connectLotkeeper(`http://127.0.0.1:${config.port}`, config, config.databaseUrl)
  return {
    ...lotkeeper,
    stop: async () => {
      const found = await checkLedger(config.databaseUrl, config, others)
      await lotkeeper.stop()
      expect(found).toEqual([])
    },
  }
}

async function accountsIn(databaseUrl: string): Promise<Set<string>> {
  const db = connectDb(databaseUrl, 1)
  const { rows } = await db.query<{ account: string }>('select account from accounts')
  await db.end()
  return new Set(rows.map(({ account }) => account))
}
