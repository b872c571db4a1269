import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Config } from '../../platform/config.ts'
import { LockedError, takeLock } from '../servers/lock.ts'
import { choosePort, tryPort } from '../servers/ports.ts'
import { announce, connectionsFile } from './announce.ts'
import { openApp } from './app.ts'
import { openPostgres, openTemporal, type Surroundings } from './embedded-servers.ts'
import { stopAll, unless } from './ending.ts'

/**
 * Starts everything, tells the person how to go on, and waits until `ending` is aborted. Always stops what it
 * started. Throws the reason of the abort, or what went wrong at the start as an Error with a sentence.
 */
export async function run(
  config: Config,
  ending: AbortController,
  say: (line: string) => void,
): Promise<void> {
  const unlock = await lockDataDir(config)
  const around: Surroundings = { parts: [], ending, say }
  try {
    await checkPort(config)
    // What it says is no longer true, and whoever waits for it should see the new one.
    await rm(connectionsFile(config), { force: true })
    await open(config, around)
    await unless(ending.signal, new Promise(() => undefined))
  } finally {
    if (around.parts.length > 0) say('Stopping')
    await stopAll(around.parts, say)
    unlock()
    if (around.parts.length > 0) say('Stopped')
  }
}

async function open(config: Config, around: Surroundings): Promise<void> {
  const { signal } = around.ending
  const databaseUrl = config.databaseUrl ?? (await openPostgres(config, around))
  signal.throwIfAborted()
  const temporal = config.temporalAddress
    ? { address: config.temporalAddress, uiUrl: null }
    : await openTemporal(config, around)
  signal.throwIfAborted()
  const workerMetricsAddress =
    config.workerMetricsAddress ?? `127.0.0.1:${await choosePort(config.dataDir, 'worker_metrics', 9464)}`
  const app = { ...config, databaseUrl, temporalAddress: temporal.address, workerMetricsAddress }
  const opened = await openApp(app, around)
  await announce(app, { ...opened, temporalUi: temporal.uiUrl }, around.say)
}

async function lockDataDir({ dataDir, port }: Config): Promise<() => void> {
  const url = port === 0 ? 'a free port' : `port ${port}`
  try {
    await mkdir(dataDir, { recursive: true })
    return takeLock(path.join(dataDir, 'lock'), url)
  } catch (error) {
    if (!(error instanceof LockedError)) throw error
    throw new Error(
      `Lotkeeper is already running with pid ${error.pid} on ${error.note}, with the data in ${dataDir}.`,
    )
  }
}

async function checkPort({ host, port }: Config): Promise<void> {
  await tryPort(port, host).catch(error => {
    if (error.code === 'EADDRINUSE') {
      throw new Error(`Port ${port} of ${host} is in use. Stop what uses it, or set PORT to another one.`)
    }
    throw new Error(`PORT ${port} of HOST ${host} cannot be used: ${error.message}.`)
  })
}
