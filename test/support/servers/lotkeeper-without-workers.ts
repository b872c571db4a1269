import { Client, Connection } from '@temporalio/client'
import { type AppConfig, temporalOf } from '../../../platform/config.ts'
import { startWorker } from '../../../worker/start.ts'
import { workflowBundle } from '../run/servers.ts'
import type { Lotkeeper } from './connect-lotkeeper.ts'
import { startLotkeeper } from './lotkeeper.ts'

/** A Lotkeeper whose workers the test starts itself. */
export type LotkeeperWithoutWorkers = {
  lotkeeper: Lotkeeper
  client: Client
  /** Starts a worker. @param settings other than the API's */
  startWorker(settings?: Partial<AppConfig>): Promise<void>
  stop(): Promise<void>
}

export async function startLotkeeperWithoutWorkers(): Promise<LotkeeperWithoutWorkers> {
  const lotkeeper = await startLotkeeper({}, { runsWorker: false })
  const connection = await Connection.connect(temporalOf(lotkeeper.config))
  const stops = [() => lotkeeper.stop(), () => connection.close()]
  return {
    lotkeeper,
    client: new Client({ connection }),
    startWorker: async settings => {
      const config = { ...lotkeeper.config, ...settings }
      stops.push((await startWorker(config, { workflowCode: await workflowBundle() })).stop)
    },
    stop: async () => {
      for (const stop of stops.toReversed()) await stop()
    },
  }
}
