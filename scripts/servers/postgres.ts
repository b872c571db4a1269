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
  /** holds the cluster, its log and its port */
  dataDir: string
  /** Server settings, each as `name=value`. */
  settings?: string[]
  onProgress: (line: string) => void
}

export interface RunningPostgres {
  /** the database `lotkeeper`, as superuser */
  url: string
  /** resolves with the reason when the server ends */
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
 * Starts the embedded PostgreSQL on 127.0.0.1 and creates the cluster at the first start. Stops a server that a killed
 * process left on the same data.
 * @throws Error for the user
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
    // The default socket folder may not be writable, and we use TCP only.
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
    // After a power cut the pid may belong to another program, and PostgreSQL would refuse to start. It ignores its parent's
    // pid. Removing the file would also disable its check for old backends.
    await writeFile(pidFile, content.replace(/^\d+/, String(process.pid)))
  }
}

async function openDatabase(server: ServerProcess, base: string, logFile: string): Promise<void> {
  const isReady = async () => server.hasEnded() || (await ensureDatabase(`${base}/postgres`))
  // Crash recovery may take minutes.
  const inTime = await becomesTrue(isReady, 180)
  if (server.hasEnded()) throw new Error(`PostgreSQL ended while it started. ${logFile} says: ${server.lastLog()}`)
  if (!inTime) throw new Error(`PostgreSQL is not ready after three minutes; see ${logFile}.`)
}

/** Creates the database if missing. @returns false while the server does not accept connections */
async function ensureDatabase(url: string): Promise<boolean> {
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
