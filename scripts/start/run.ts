import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Config } from '../../platform/config.ts'
import { readPolicies } from '../../platform/policy-store.ts'
import { LockedError, takeLock } from '../servers/lock.ts'
import { choosePort, tryPort } from '../servers/ports.ts'
import { announce, connectionsFile } from './announce.ts'
import { openApp } from './app.ts'
import { openPostgres, openTemporal, type StartContext } from './embedded-servers.ts'
import { stopAll, unless } from './ending.ts'

/**
 * Starts everything, prints the addresses, and waits until `ending` is aborted. Always stops what it started.
 * @throws the reason of the abort, or an Error that names the failed step
 */
export async function run(config: Config, ending: AbortController, print: (line: string) => void): Promise<void> {
  const unlock = await lockDataDir(config)
  const context: StartContext = { parts: [], ending, print }
  try {
    await checkPort(config)
    // Programs that wait for this file must not see that of the previous start.
    await rm(connectionsFile(config), { force: true })
    await open(config, context)
    await unless(ending.signal, new Promise(() => undefined))
  } finally {
    if (context.parts.length > 0) print('Stopping')
    await stopAll(context.parts, print)
    unlock()
    if (context.parts.length > 0) print('Stopped')
  }
}

async function open(config: Config, context: StartContext): Promise<void> {
  const { signal } = context.ending
  // A mistake in a policy is found before anything is started.
  readPolicies(config.policiesDir)
  const databaseUrl = config.databaseUrl ?? (await openPostgres(config, context))
  signal.throwIfAborted()
  const temporal = config.temporalAddress
    ? { address: config.temporalAddress, uiUrl: config.temporalUi }
    : await openTemporal(config, context)
  signal.throwIfAborted()
  const workerMetricsAddress =
    config.workerMetricsAddress ?? `127.0.0.1:${await choosePort(config.dataDir, 'worker_metrics', 9464)}`
  const servers = { databaseUrl, temporalAddress: temporal.address, temporalUi: temporal.uiUrl }
  const app = { ...config, ...servers, workerMetricsAddress }
  const opened = await openApp(app, context)
  await announce(app, { ...opened, temporalUi: temporal.uiUrl }, context.print)
}

async function lockDataDir({ dataDir, port }: Config): Promise<() => void> {
  const url = port === 0 ? 'a free port' : `port ${port}`
  try {
    await mkdir(dataDir, { recursive: true })
    return takeLock(path.join(dataDir, 'lock'), url)
  } catch (error) {
    if (!(error instanceof LockedError)) throw error
    throw new Error(`Lotkeeper is already running with pid ${error.pid} on ${error.note}, with the data in ${dataDir}.`)
  }
}

async function checkPort({ host, port }: Config): Promise<void> {
  await tryPort(port, host).catch(error => {
    if (error.code === 'EADDRINUSE') {
      throw new Error(`Port ${port} of ${host} is in use. Stop the program that uses it, or set PORT.`)
    }
    throw new Error(`PORT ${port} of HOST ${host} cannot be used: ${error.message}.`)
  })
}
