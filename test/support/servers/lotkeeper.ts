import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { AppConfig } from '../../../platform/config.ts'
import { readConfig } from '../../../platform/config.ts'
import { freePort } from '../../../scripts/servers/ports.ts'
import { createDatabase, temporalAddress, workflowBundle } from '../run/servers.ts'
import { checkLedger, connectLotkeeper, type Lotkeeper } from './connect-lotkeeper.ts'
import { ServiceProcess } from './service-process.ts'

type Addresses = { databaseUrl: string; temporalAddress: string }

type Options = {
  /** Replaces the addresses that API and worker connect to, for tests with a proxy in between. */
  overrideAddresses?: (servers: Addresses) => Promise<Addresses>
  /** Runs both in the test's own process, with this logger, for tests that read logs or observe functions. */
  logger?: Logger
  runsWorker?: boolean
}

/** Starts API and worker for this test file, on a database and a task queue of its own. Its stop checks the ledger first. */
export async function startLotkeeper(
  settings: NodeJS.ProcessEnv = {},
  { overrideAddresses = async servers => servers, logger, runsWorker = true }: Options = {},
): Promise<Lotkeeper> {
  const database = await createDatabase()
  const config = {
    ...readConfig({
      NODE_ENV: 'test',
      PORT: String(await freePort()),
      TEMPORAL_TASK_QUEUE: `test-${randomUUID()}`,
      DATABASE_POOL: '20',
      ...settings,
    }),
    ...(await overrideAddresses({ databaseUrl: database.url, temporalAddress: temporalAddress() })),
  }
  const services = logger ? await startHere(config, logger, runsWorker) : await startProcess(config, runsWorker)
  const lotkeeper = await connectLotkeeper(`http://127.0.0.1:${config.port}`, config, database.url)
  return {
    ...lotkeeper,
    stop: async () => {
      const found = await checkLedger(database.url, config)
      await Promise.all([services.stop(), lotkeeper.stop()])
      await database.drop()
      expect(found).toEqual([])
    },
  }
}

/** A process of its own reads the bundled services in a third of the time that Jest needs for their sources. */
async function startProcess(config: AppConfig, runsWorker: boolean) {
  const services = new ServiceProcess(runsWorker ? 'both' : 'api', config)
  await services.start()
  return { stop: () => services.kill() }
}

async function startHere(config: AppConfig, logger: Logger, runsWorker: boolean) {
  const { startApi } = await import('../../../api/start.ts')
  const { startWorker } = await import('../../../worker/start.ts')
  const worker = runsWorker ? await startWorker(config, { workflowCode: await workflowBundle(), logger }) : null
  const api = await startApi(config, logger)
  return { stop: () => Promise.all([api.stop(), worker?.stop()]) }
}
