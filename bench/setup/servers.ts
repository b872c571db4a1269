import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { migrate } from '../../migrations/migrate.ts'
import { startPostgres } from '../../scripts/servers/postgres.ts'
import { startTemporal } from '../../scripts/servers/temporal.ts'
import { findTemporal } from '../../scripts/servers/temporal-binary.ts'
import { logProgress as onProgress } from './progress.ts'
import { startTemporalOnPostgres } from './temporal-on-postgres.ts'

export type Servers = { dataDir: string; databaseUrl: string; temporalAddress: string }

/** Shared with `npm start`; npm runs the bench in the project's folder. */
const binaries = path.resolve('.lotkeeper/bin')

/**
 * Starts PostgreSQL and Temporal as `npm start` does, with full durability, in a temporary folder that is removed
 * afterwards, also when the run is interrupted.
 * @param temporalServer folder of Temporal's own server, which then replaces the development server
 */
export async function withServers<T>(run: (servers: Servers) => Promise<T>, temporalServer?: string): Promise<T> {
  const stops: (() => Promise<unknown>)[] = []
  const stopAll = async () => {
    for (let stop = stops.pop(); stop; stop = stops.pop()) await stop()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void stopAll().finally(() => process.exit(1)))
  try {
    return await run(await startServers(stops, temporalServer))
  } finally {
    await stopAll()
  }
}

async function startServers(stops: (() => Promise<unknown>)[], temporalServer: string | undefined): Promise<Servers> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'lotkeeper-bench-'))
  stops.push(() => removeFolder(dataDir))
  // As root we run PostgreSQL as another user, who needs access to the folder.
  await chmod(dataDir, 0o711)
  const postgres = await startPostgres({ dataDir, onProgress })
  stops.push(postgres.stop)
  await migrate(postgres.url)
  const temporal = temporalServer
    ? await startTemporalOnPostgres(temporalServer, dataDir, postgres.url)
    : await startDevelopmentServer(dataDir)
  stops.push(temporal.stop)
  return { dataDir, databaseUrl: postgres.url, temporalAddress: temporal.address }
}

async function startDevelopmentServer(dataDir: string) {
  const executable = await findTemporal({ cacheDir: binaries, onProgress })
  return startTemporal({ executable, dataDir, namespace: 'default', onProgress })
}

async function removeFolder(dataDir: string): Promise<void> {
  const cluster = await realpath(path.join(dataDir, 'postgres')).catch(() => dataDir)
  await rm(cluster, { recursive: true, force: true })
  await rm(dataDir, { recursive: true, force: true })
}
