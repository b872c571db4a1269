import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Connection } from '@temporalio/client'
import { choosePort, isListening } from './ports.ts'
import { becomesTrue, commandLine, endProcess } from './processes.ts'
import { launch, type ServerProcess } from './server-process.ts'

export interface TemporalOptions {
  /** The `temporal` command line program. */
  executable: string
  /** Where the log, the ports and, unless `inMemory`, the workflows are kept. */
  dataDir: string
  inMemory?: boolean
  /** Made if it does not exist. */
  namespace: string
  onProgress: (line: string) => void
}

export interface RunningTemporal {
  address: string
  uiUrl: string
  /** Resolves with how the server ended, whether or not it was told to. */
  ended: Promise<string>
  stop(): Promise<void>
}

const host = '127.0.0.1'

/**
 * Without fairness the server knows neither priority nor turns between accounts (KV-10), and it knows them only within
 * one partition of a queue; one is plenty for a machine.
 */
const TURNS = [
  'matching.enableFairness=true',
  'matching.numTaskqueueReadPartitions=1',
  'matching.numTaskqueueWritePartitions=1',
]

/**
 * The server goes through all tasks of a queue for each new one, also those that it has done since it last wrote down how
 * far it is: by default 30 seconds of them (decision 0026).
 */
const DONE_IS_FORGOTTEN = [
  'history.transferProcessorUpdateAckInterval="1s"',
  'history.visibilityProcessorUpdateAckInterval="1s"',
]

const SETTINGS = [...TURNS, ...DONE_IS_FORGOTTEN].flatMap(setting => ['--dynamic-config-value', setting])

/**
 * A log that is written ahead, synced at every commit: as durable as SQLite's own way, which writes every page twice and
 * syncs several times for each commit (decision 0024).
 */
const WRITTEN_AHEAD = ['journal_mode=WAL', 'synchronous=FULL'].flatMap(pragma => ['--sqlite-pragma', pragma])

const shutdown: [NodeJS.Signals, number][] = [
  ['SIGTERM', 4],
  ['SIGKILL', 1],
]

/**
 * Starts Temporal's development server with its web UI on 127.0.0.1, with data that stay at the usual ports 7233 and
 * 8233 where they are free. One that a killed process left running on the same data is stopped first. Throws an Error with a
 * sentence for the user.
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
  if (!options.inMemory) args.push(...WRITTEN_AHEAD, '--db-filename', dbFile)
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
  // The port first: the client's own waiting between its tries is long.
  const isReady = async () => (await isListening(port)) && (await answers(`${host}:${port}`, namespace))
  const inTime = await becomesTrue(async () => server.hasEnded() || (await isReady()), 60)
  if (server.hasEnded())
    throw new Error(`Temporal ended while it started. ${logFile} says: ${server.lastLog()}`)
  if (!inTime) throw new Error(`Temporal is not ready after a minute; see ${logFile}.`)
}

async function answers(address: string, namespace: string): Promise<boolean> {
  const connection = Connection.lazy({ address })
  try {
    await connection.withDeadline(Date.now() + 2000, () =>
      connection.workflowService.describeNamespace({ namespace }),
    )
    return true
  } catch {
    return false
  } finally {
    await connection.close()
  }
}
