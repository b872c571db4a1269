import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { migrate } from '../../migrations/migrate.ts'
import { startPostgres } from '../../scripts/servers/postgres.ts'
import { startTemporal } from '../../scripts/servers/temporal.ts'
import { findTemporal } from '../../scripts/servers/temporal-binary.ts'
import { startTemporalOnPostgres } from './temporal-on-postgres.ts'

export type Servers = { dataDir: string; databaseUrl: string; temporalAddress: string }

/** Of the project, from where npm runs us. */
const binaries = path.resolve('.lotkeeper/bin')

/**
 * Runs something on a PostgreSQL and a Temporal server of its own, set up as `npm start` sets them up, everything
 * written through to the disk, in a folder that is removed afterwards, also when the run is interrupted.
 * @param temporalServer where Temporal's own server is, which then runs in place of the development server
 */
export async function onServers<T>(
  run: (servers: Servers) => Promise<T>,
  temporalServer?: string,
): Promise<T> {
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

async function startServers(
  stops: (() => Promise<unknown>)[],
  temporalServer: string | undefined,
): Promise<Servers> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'lotkeeper-bench-'))
  stops.push(() => removeFolder(dataDir))
  // PostgreSQL runs as another user where we are root, and must find its data in there.
  await chmod(dataDir, 0o711)
  const postgres = await startPostgres({ dataDir, onProgress: say })
  stops.push(postgres.stop)
  await migrate(postgres.url)
  const temporal = temporalServer
    ? await startTemporalOnPostgres(temporalServer, dataDir, postgres.url)
    : await startDevelopmentServer(dataDir)
  stops.push(temporal.stop)
  return { dataDir, databaseUrl: postgres.url, temporalAddress: temporal.address }
}

async function startDevelopmentServer(dataDir: string) {
  const executable = await findTemporal({ cacheDir: binaries, onProgress: say })
  return startTemporal({ executable, dataDir, namespace: 'default', onProgress: say })
}

/** Makes another database on the same PostgreSQL, migrated and empty. @returns its URL */
export async function createDatabase(databaseUrl: string, name: string): Promise<string> {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  try {
    await client.query(`create database "${name}"`)
  } finally {
    await client.end()
  }
  const url = new URL(databaseUrl)
  url.pathname = name
  await migrate(url.href)
  return url.href
}

/** Where the run stands, for whoever waits; the result itself goes to standard output. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

async function removeFolder(dataDir: string): Promise<void> {
  const cluster = await realpath(path.join(dataDir, 'postgres')).catch(() => dataDir)
  await rm(cluster, { recursive: true, force: true })
  await rm(dataDir, { recursive: true, force: true })
}
