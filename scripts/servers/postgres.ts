import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { LockedError, takeLock } from './lock.ts'
import { choosePort } from './ports.ts'
import { postgresBinaries } from './postgres-binaries.ts'
import { type Cluster, fillCluster, findCluster, readPassword } from './postgres-cluster.ts'
import { becomesTrue, commandLine, endProcess } from './processes.ts'
import { launch, type ServerProcess } from './server-process.ts'
import { postgresUser } from './system-user.ts'

export interface PostgresOptions {
  /** Where the cluster, its log and its port number are kept. */
  dataDir: string
  /** Server settings, each as `name=value`. */
  settings?: string[]
  onProgress: (line: string) => void
}

export interface RunningPostgres {
  /** Leads to the database `lotkeeper` as a superuser. */
  url: string
  /** Resolves with how the server ended, whether or not it was told to. */
  ended: Promise<string>
  stop(): Promise<void>
}

const database = 'lotkeeper'

const notReady = new Set(['ECONNREFUSED', 'ECONNRESET', '57P03'])

// Fast shutdown (SIGINT) ends sessions and writes a checkpoint; immediate (SIGQUIT) is safe too, with a recovery at
// the next start. SIGKILL, which could leave backends behind, is never used.
const shutdown: [NodeJS.Signals, number][] = [
  ['SIGINT', 6],
  ['SIGQUIT', 3],
]

/**
 * Starts the embedded PostgreSQL on 127.0.0.1 with the data of this folder, made at the first start. One that a
 * killed process left running is stopped first. Throws an Error with a sentence for the user.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const { dataDir, onProgress } = options
  await mkdir(dataDir, { recursive: true })
  const user = postgresUser()
  const { initdb, postgres } = await postgresBinaries(user, dataDir, onProgress)
  const cluster = await findCluster(dataDir, user)
  const unlock = lockCluster(cluster, dataDir)
  try {
    await stopLeftover(cluster, onProgress)
    if (!existsSync(cluster.data)) await fillCluster(cluster, initdb, user)
    const port = await choosePort(dataDir, 'postgres')
    const args = ['-D', cluster.data, '-p', String(port), ...serverSettings(options.settings)]
    const logFile = path.join(dataDir, 'postgres.log')
    const server = launch({ executable: postgres, args, logFile, runAs: user })
    const stop = () => server.stop(shutdown).finally(unlock)
    const base = `postgres://lotkeeper:${await readPassword(cluster)}@127.0.0.1:${port}`
    await openDatabase(server, base, logFile).catch(async error => {
      await stop()
      throw error
    })
    return { url: `${base}/${database}`, ended: server.ended, stop }
  } catch (error) {
    unlock()
    throw error
  }
}

function lockCluster(cluster: Cluster, dataDir: string): () => void {
  try {
    return takeLock(path.join(cluster.folder, 'lock'), dataDir)
  } catch (error) {
    if (!(error instanceof LockedError)) throw error
    throw new Error(`Process ${error.pid} uses the database of this data folder already, from ${error.note}.`)
  }
}

function serverSettings(more: string[] = []): string[] {
  const settings = [
    'listen_addresses=127.0.0.1',
    // The usual folder of the socket may not be writable, and TCP is all that we use.
    'unix_socket_directories=',
    'timezone=UTC',
    'log_timezone=UTC',
    'max_connections=200',
    'log_checkpoints=off',
    ...more,
  ]
  return settings.flatMap(setting => ['-c', setting])
}

async function stopLeftover({ data }: Cluster, onProgress: (line: string) => void): Promise<void> {
  const pidFile = path.join(data, 'postmaster.pid')
  const content = await readFile(pidFile, 'utf8').catch(() => '')
  const pid = Number.parseInt(content, 10)
  if (Number.isNaN(pid)) return
  if (commandLine(pid)?.includes(`-D ${data} `)) {
    onProgress(`Stopping the PostgreSQL that an earlier start left running (pid ${pid})`)
    await endProcess(pid, shutdown)
  } else {
    // After a power cut this pid may be another program's, and PostgreSQL would take that for itself and refuse to
    // start. It ignores its parent's pid, and still checks that no old backend uses its memory, as it would not
    // if we removed the file.
    await writeFile(pidFile, content.replace(/^\d+/, String(process.pid)))
  }
}

async function openDatabase(server: ServerProcess, base: string, logFile: string): Promise<void> {
  const isReady = async () => server.hasEnded() || (await makeDatabase(`${base}/postgres`))
  // A recovery after a crash with much to do may take minutes.
  const inTime = await becomesTrue(isReady, 180)
  if (server.hasEnded())
    throw new Error(`PostgreSQL ended while it started. ${logFile} says: ${server.lastLog()}`)
  if (!inTime) throw new Error(`PostgreSQL is not ready after three minutes; see ${logFile}.`)
}

/** Makes the database unless it is there; false while the server does not take connections yet. */
async function makeDatabase(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const found = await client.query('SELECT FROM pg_database WHERE datname = $1', [database])
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${database}`)
    return true
  } catch (error) {
    if (notReady.has((error as { code?: string }).code ?? '')) return false
    throw error
  } finally {
    await client.end()
  }
}
