import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Connection } from '@temporalio/client'
import { choosePort, isListening } from './ports.ts'
import { becomesTrue, commandLine, endProcess } from './processes.ts'
import { launch, type ServerProcess } from './server-process.ts'

export interface TemporalOptions {
  /** The `temporal` command line program. */
  executable: string
  /** holds the log, the ports and, unless `inMemory`, the workflows */
  dataDir: string
  inMemory?: boolean
  /** created if it does not exist */
  namespace: string
  /** dynamic configuration besides ours, as KEY=VALUE */
  settings?: string[]
  onProgress: (line: string) => void
}

export interface RunningTemporal {
  address: string
  uiUrl: string
  /** resolves with the reason when the server ends */
  ended: Promise<string>
  stop(): Promise<void>
}

const host = '127.0.0.1'

/** Priority and fairness between accounts (KV-10) need the fairness setting and work within one queue partition only. */
const FAIRNESS = [
  'matching.enableFairness=true',
  'matching.numTaskqueueReadPartitions=1',
  'matching.numTaskqueueWritePartitions=1',
]

/** Each new task scans all tasks done since the last acknowledgement, by default 30 seconds of them (decision 0026). */
const FREQUENT_ACKS = [
  'history.transferProcessorUpdateAckInterval="1s"',
  'history.visibilityProcessorUpdateAckInterval="1s"',
]

const SETTINGS = [...FAIRNESS, ...FREQUENT_ACKS].flatMap(setting => ['--dynamic-config-value', setting])

/** SQLite in WAL mode, synced at every commit: as durable as the rollback journal, with fewer writes (decision 0024). */
const WAL_MODE = ['journal_mode=WAL', 'synchronous=FULL'].flatMap(pragma => ['--sqlite-pragma', pragma])

const shutdown: [NodeJS.Signals, number][] = [
  ['SIGTERM', 4],
  ['SIGKILL', 1],
]

/**
 * Starts Temporal's development server with its web UI on 127.0.0.1, at ports 7233 and 8233 if they are free and the data is
 * persistent. Stops a server that a killed process left on the same data.
 * @throws Error for the user
 */
export async function startTemporal(options: TemporalOptions): Promise<RunningTemporal> {
  const { dataDir, executable } = options
  await mkdir(dataDir, { recursive: true })
  const dbFile = path.join(dataDir, 'temporal.db')
  const pidFile = path.join(dataDir, 'temporal.pid')
  await stopLeftover(pidFile, dbFile, options.onProgress)
  const port = await choosePort(dataDir, 'temporal', options.inMemory ? undefined : 7233)
  const uiPort = await choosePort(dataDir, 'temporal_ui', options.inMemory ? undefined : 8233)
  const places = ['--ip', host, '--port', String(port), '--ui-port', String(uiPort)]
  const names = ['--namespace', options.namespace, '--log-level', 'error']
  const args = ['server', 'start-dev', ...places, ...names, ...SETTINGS]
  for (const setting of options.settings ?? []) args.push('--dynamic-config-value', setting)
  if (!options.inMemory) args.push(...WAL_MODE, '--db-filename', dbFile)
  const logFile = path.join(dataDir, 'temporal.log')
  const server = launch({ executable, args, logFile })
  await writeFile(pidFile, String(server.pid))
  const stop = async () => {
    await server.stop(shutdown)
    await rm(pidFile, { force: true })
  }
  await untilReady(server, port, options.namespace, logFile).catch(async error => {
    await stop()
    throw error
  })
  return { address: `${host}:${port}`, uiUrl: `http://${host}:${uiPort}`, ended: server.ended, stop }
}

async function stopLeftover(pidFile: string, dbFile: string, onProgress: (line: string) => void) {
  const pid = Number.parseInt(await readFile(pidFile, 'utf8').catch(() => ''), 10)
  if (Number.isNaN(pid) || !commandLine(pid)?.endsWith(`--db-filename ${dbFile}`)) return
  onProgress(`Stopping the Temporal server that an earlier start left running (pid ${pid})`)
  await endProcess(pid, shutdown)
}

async function untilReady(server: ServerProcess, port: number, namespace: string, logFile: string) {
  // Check the port first: the client waits long between connection attempts.
  const isReady = async () => (await isListening(port)) && (await answers(`${host}:${port}`, namespace))
  const inTime = await becomesTrue(async () => server.hasEnded() || (await isReady()), 60)
  if (server.hasEnded()) throw new Error(`Temporal ended while it started. ${logFile} says: ${server.lastLog()}`)
  if (!inTime) throw new Error(`Temporal is not ready after a minute; see ${logFile}.`)
}

async function answers(address: string, namespace: string): Promise<boolean> {
  const connection = Connection.lazy({ address })
  try {
    await connection.withDeadline(Date.now() + 2000, () => connection.workflowService.describeNamespace({ namespace }))
    return true
  } catch {
    return false
  } finally {
    await connection.close()
  }
}
