import path from 'node:path'
import type { Config } from '../../platform/config.ts'
import { startPostgres } from '../servers/postgres.ts'
import { startTemporal } from '../servers/temporal.ts'
import { findTemporal } from '../servers/temporal-binary.ts'
import type { Part } from './ending.ts'

/** What the embedded servers need from the start: where to list themselves, whom to tell of their end. */
export interface Surroundings {
  parts: Part[]
  /** Aborted when a server ends by itself; when it is aborted otherwise, fetching a server stops. */
  ending: AbortController
  say: (line: string) => void
}

/** Starts the embedded PostgreSQL and answers the URL of its database. */
export async function openPostgres({ dataDir }: Config, around: Surroundings): Promise<string> {
  around.say('Starting PostgreSQL')
  const server = await startPostgres({ dataDir, onProgress: around.say })
  around.parts.push({ name: 'PostgreSQL', stop: server.stop, seconds: 10 })
  watch('PostgreSQL', server.ended, path.join(dataDir, 'postgres.log'), around)
  return server.url
}

/** Starts Temporal's development server, fetching it first where this machine has none. */
export async function openTemporal(
  config: Config,
  around: Surroundings,
): Promise<{ address: string; uiUrl: string }> {
  const { dataDir, temporalCli: cli, temporalNamespace: namespace } = config
  const { say, ending } = around
  const search = { cli, cacheDir: path.join(dataDir, 'bin'), onProgress: say, signal: ending.signal }
  const executable = await findTemporal(search)
  say('Starting Temporal')
  const server = await startTemporal({ executable, dataDir, namespace, onProgress: say })
  around.parts.push({ name: 'Temporal', stop: server.stop, seconds: 6 })
  watch('Temporal', server.ended, path.join(dataDir, 'temporal.log'), around)
  return server
}

async function watch(
  name: string,
  ended: Promise<string>,
  log: string,
  { ending }: Surroundings,
): Promise<void> {
  const how = await ended
  // Without effect when it ended because we stop: then the reason is set already.
  ending.abort(new Error(`${name} ended unexpectedly (${how}); see ${log}. Everything else is stopped too.`))
}
