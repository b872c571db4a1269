import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { startApi } from '../../../api/start.ts'
import { readConfig } from '../../../platform/config.ts'
import { startWorker } from '../../../worker/start.ts'
import { createDatabase, temporalAddress, workflowBundle } from '../run/servers.ts'
import { checkLedger, connectLotkeeper, type Lotkeeper } from './connect-lotkeeper.ts'

/** Replaces the addresses that API and worker connect to, for tests with a proxy in between. */
type OverrideAddresses = (servers: { databaseUrl: string; temporalAddress: string }) => Promise<{
  databaseUrl: string
  temporalAddress: string
}>

/** Starts API and worker for this test file, on a database and a task queue of its own. Its stop checks the ledger first. */
export async function startLotkeeper(
  settings: NodeJS.ProcessEnv = {},
  overrideAddresses: OverrideAddresses = async servers => servers,
  logger = pino({ level: 'silent' }),
  runsWorker = true,
): Promise<Lotkeeper> {
  const database = await createDatabase()
  const taskQueue = `test-${randomUUID()}`
  const config = {
    ...readConfig({
      NODE_ENV: 'test',
      PORT: '0',
      TEMPORAL_TASK_QUEUE: taskQueue,
      DATABASE_POOL: '20',
      ...settings,
    }),
    ...(await overrideAddresses({ databaseUrl: database.url, temporalAddress: temporalAddress() })),
  }
  const worker = runsWorker ? await startWorker(config, { workflowCode: await workflowBundle(), logger }) : null
  const api = await startApi(config, logger)
  const lotkeeper = await connectLotkeeper(api.url, config, database.url)
  return {
    ...lotkeeper,
    stop: async () => {
      const found = await checkLedger(database.url, config)
      await Promise.all([api.stop(), worker?.stop(), lotkeeper.stop()])
      await database.drop()
      expect(found).toEqual([])
    },
  }
}
