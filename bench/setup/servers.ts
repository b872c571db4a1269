import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { migrate } from '../../migrations/migrate.ts'
import { startPostgres } from '../../scripts/servers/postgres.ts'
import { startTemporal } from '../../scripts/servers/temporal.ts'
import { findTemporal } from '../../scripts/servers/temporal-binary.ts'
import { logProgress as onProgress } from './progress.ts'

export type Servers = { dataDir: string; databaseUrl: string; temporalAddress: string }

/** Shared with `npm start`; npm runs the bench in the project's folder. */
const binaries = path.resolve('.lotkeeper/bin')

/**
 * Starts PostgreSQL and Temporal as `npm start` does, with full durability, in a temporary folder that is removed
 * afterwards, also when the run is interrupted.
 * @param temporalAddress of a server to use instead of Temporal's development server
 */
export async function withServers<T>(run: (servers: Servers) => Promise<T>, temporalAddress?: string): Promise<T> {
  const stops: (() => Promise<unknown>)[] = []
  const stopAll = async () => {
    for (let stop = stops.pop(); stop; stop = stops.pop()) await stop()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void stopAll().finally(() => process.exit(1)))
  try {
    return await run(await startServers(stops, temporalAddress))
  } finally {
    await stopAll()
  }
}

async function startServers(stops: (() => Promise<unknown>)[], temporalAddress?: string): Promise<Servers> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'lotkeeper-bench-'))
  stops.push(() => removeFolder(dataDir))
  // As root we run PostgreSQL as another user, who needs access to the folder.
  await chmod(dataDir, 0o711)
  const postgres = await startPostgres({ dataDir, onProgress })
  stops.push(postgres.stop)
  await migrate(postgres.url)
  const servers = { dataDir, databaseUrl: postgres.url }
  if (temporalAddress) return { ...servers, temporalAddress }
  const executable = await findTemporal({ cacheDir: binaries, onProgress })
  const temporal = await startTemporal({ executable, dataDir, namespace: 'default', onProgress })
  stops.push(temporal.stop)
  return { ...servers, temporalAddress: temporal.address }
}

async function removeFolder(dataDir: string): Promise<void> {
  const cluster = await realpath(path.join(dataDir, 'postgres')).catch(() => dataDir)
  await rm(cluster, { recursive: true, force: true })
  await rm(dataDir, { recursive: true, force: true })
}

/** Runs SQL on a connection without statement timeout, outside our schema. */
export async function runSql(databaseUrl: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

/** Creates an empty, migrated database on the same PostgreSQL. @returns its URL */
export async function createDatabase(databaseUrl: string, name: string): Promise<string> {
  await runSql(databaseUrl, `create database "${name}"`)
  const url = new URL(databaseUrl)
  url.pathname = name
  await migrate(url.href)
  return url.href
}
