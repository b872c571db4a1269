import { createKey } from '../../../db/accounts/api-keys.ts'
import type { Db } from '../../../db/core/command.ts'
import { connectDb } from '../../../db/core/connect.ts'
import { readConfig } from '../../../platform/config.ts'
import { freePort } from '../../../scripts/servers/ports.ts'
import { type Caller, caller } from '../clients/caller.ts'
import { type FaultProxy, startFaultProxy } from '../network/fault-proxy.ts'
import { ServiceProcess } from './service-process.ts'

/** API and worker as processes that can be killed, with proxies to their servers. */
export type ServiceProcesses = {
  api: ServiceProcess
  worker: ServiceProcess
  connections: { postgres: FaultProxy; temporal: FaultProxy }
  /** connected directly, not by the proxy */
  db: Db
  kvidai: Caller
  stop(): Promise<void>
}

type Options = {
  /** name of the task queue; services of one name and database work together */
  name: string
  databaseUrl: string
  temporalAddress: string
  /** ms that the clocks of the processes are ahead of the machine's */
  clocks?: { api: number; worker: number }
}

/** Starts both on a migrated database. */
export async function startServiceProcesses({
  name,
  databaseUrl,
  temporalAddress,
  clocks,
}: Options): Promise<ServiceProcesses> {
  const url = new URL(databaseUrl)
  const [postgres, temporal] = await Promise.all([startFaultProxy(url.host), startFaultProxy(temporalAddress)])
  url.host = postgres.host
  const port = await freePort()
  const config = {
    ...readConfig({ NODE_ENV: 'test', PORT: String(port), TEMPORAL_TASK_QUEUE: name, DATABASE_POOL: '5' }),
    databaseUrl: url.href,
    temporalAddress: temporal.host,
  }
  const api = new ServiceProcess('api', config, clocks?.api)
  const worker = new ServiceProcess('worker', config, clocks?.worker)
  await Promise.all([api.start(), worker.start()])
  const db = connectDb(databaseUrl, 2)
  const { key } = await createKey(db, 'kvidai', { name: 'test', scope: 'admin' })
  return {
    api,
    worker,
    connections: { postgres, temporal },
    db,
    kvidai: caller(`http://127.0.0.1:${port}`, key),
    stop: async () => {
      await Promise.all([api.kill(), worker.kill()])
      await db.end()
      await Promise.all([postgres.stop(), temporal.stop()])
    },
  }
}
