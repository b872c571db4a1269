import { createKey } from '../../api/http/auth.ts'
import type { Db } from '../../db/core/command.ts'
import { connectDb } from '../../db/core/connect.ts'
import { readConfig } from '../../platform/config.ts'
import { freePort } from '../../scripts/servers/ports.ts'
import { type CuttableLine, startLine } from './cuttable-line.ts'
import { Killable } from './killable.ts'
import { type Caller, caller } from './lotkeeper.ts'

/** API and worker, each a process that can be killed, with lines to their servers that can be bad. */
export type Site = {
  api: Killable
  worker: Killable
  lines: { postgres: CuttableLine; temporal: CuttableLine }
  /** asked directly, not over the line */
  db: Db
  kvidai: Caller
  stop(): Promise<void>
}

type SiteOptions = {
  /** of the task queue; sites of the same name on the same database work together */
  name: string
  databaseUrl: string
  temporalAddress: string
  /** ms that the clocks of the processes are ahead of the machine's */
  clocks?: { api: number; worker: number }
}

/** Opens a site on a database that is migrated already. */
export async function openSite({ name, databaseUrl, temporalAddress, clocks }: SiteOptions): Promise<Site> {
  const url = new URL(databaseUrl)
  const [postgres, temporal] = await Promise.all([startLine(url.host), startLine(temporalAddress)])
  url.host = postgres.host
  const port = await freePort()
  const config = {
    ...readConfig({ NODE_ENV: 'test', PORT: String(port), TEMPORAL_TASK_QUEUE: name, DATABASE_POOL: '5' }),
    databaseUrl: url.href,
    temporalAddress: temporal.host,
  }
  const api = new Killable('api', config, clocks?.api)
  const worker = new Killable('worker', config, clocks?.worker)
  await Promise.all([api.start(), worker.start()])
  const db = connectDb(databaseUrl, 2)
  const { key } = await createKey(db, 'kvidai', { name: 'test', scope: 'admin' })
  return {
    api,
    worker,
    lines: { postgres, temporal },
    db,
    kvidai: caller(`http://127.0.0.1:${port}`, key),
    stop: async () => {
      await Promise.all([api.kill(), worker.kill()])
      await db.end()
      await Promise.all([postgres.stop(), temporal.stop()])
    },
  }
}
