// The servers of one test run: one PostgreSQL, one Temporal; the workflows and the services bundled once.
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { migrate } from '../../../migrations/migrate.ts'
import { startPostgres } from '../../../scripts/servers/postgres.ts'
import { startTemporal } from '../../../scripts/servers/temporal.ts'
import { findTemporal } from '../../../scripts/servers/temporal-binary.ts'
import { buildPage } from '../../../web/build.ts'
import { bundle } from '../../../worker/bundle.ts'
import { bundleService } from './bundle-service.ts'
import { removeDataFolder } from './data-folder.ts'
import { publish, templateDatabase } from './servers.ts'
import { serveSharedLotkeepers } from './shared-lotkeepers.ts'

const cacheDir = path.resolve(import.meta.dirname, '../../../.lotkeeper/bin')

// Data of a test run need not survive a crash, so it is not synced to disk.
const settings = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_connections=300',
]

const interruption = new AbortController()
const stops: (() => Promise<void>)[] = []
let started: Promise<unknown> = Promise.resolve()
let stopped: Promise<void> | undefined

/** Starts the servers and publishes their addresses to the tests. An interrupted run stops them too. */
export async function startRun(): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      interruption.abort()
      stopRun().finally(() => process.exit(1))
    })
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'lotkeeper-test-'))
  // PostgreSQL runs as another user where we are root, and must find its data in there.
  await chmod(folder, 0o711)
  const starts = [openPostgres(folder), openTemporal(folder), bundleWorkflows(folder), bundleServices(), buildPage()]
  started = Promise.allSettled(starts).finally(() => stops.push(() => removeDataFolder(folder)))
  await started
  try {
    await Promise.all(starts)
    const shared = await serveSharedLotkeepers()
    stops.unshift(shared.stop)
    publish({ LOTKEEPER_TEST_SHARED: shared.url })
  } catch (error) {
    await stopRun()
    throw error
  }
}

/** Stops the servers, also those that are still starting, and removes their data; a second call waits for the first. */
export function stopRun(): Promise<void> {
  stopped ??= started.then(async () => {
    for (const stop of stops) await stop()
  })
  return stopped
}

async function openPostgres(folder: string): Promise<void> {
  const postgres = await startPostgres({ dataDir: folder, settings, onProgress: printLine })
  stops.push(postgres.stop)
  await createTemplateDatabase(postgres.url)
  publish({ LOTKEEPER_TEST_DATABASE_URL: postgres.url })
}

async function createTemplateDatabase(serverUrl: string): Promise<void> {
  const server = new pg.Client(serverUrl)
  // A failing set-up stops the server under this connection; its own error is reported.
  server.on('error', () => undefined)
  await server.connect()
  await server.query(`CREATE DATABASE ${templateDatabase}`)
  const url = new URL(serverUrl)
  url.pathname = templateDatabase
  await migrate(url.href)
  // A template with open connections cannot be cloned.
  await server.query(`ALTER DATABASE ${templateDatabase} ALLOW_CONNECTIONS false`)
  await server.end()
}

async function openTemporal(folder: string): Promise<void> {
  const executable = await findTemporal({ cacheDir, onProgress: printLine, signal: interruption.signal })
  const options = { executable, dataDir: folder, inMemory: true, namespace: 'default', onProgress: printLine }
  const temporal = await startTemporal(options)
  stops.push(temporal.stop)
  publish({ LOTKEEPER_TEST_TEMPORAL_ADDRESS: temporal.address, LOTKEEPER_TEST_TEMPORAL_CLI: executable })
}

async function bundleWorkflows(folder: string): Promise<void> {
  const file = path.join(folder, 'workflows.js')
  await writeFile(file, await bundle())
  publish({ LOTKEEPER_TEST_WORKFLOW_BUNDLE: file })
}

async function bundleServices(): Promise<void> {
  const { file, folder } = await bundleService()
  stops.push(() => rm(folder, { recursive: true, force: true }))
  publish({ LOTKEEPER_TEST_SERVICE: file })
}

function printLine(line: string): void {
  process.stderr.write(`${line}\n`)
}
