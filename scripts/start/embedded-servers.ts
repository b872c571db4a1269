import path from 'node:path'
import type { Config } from '../../platform/config.ts'
import { startPostgres } from '../servers/postgres.ts'
import { startTemporal } from '../servers/temporal.ts'
import { findTemporal } from '../servers/temporal-binary.ts'
import type { Part } from './ending.ts'

/** Shared by all parts of a start: the list of running parts, the abort controller, and output. */
export interface StartContext {
  parts: Part[]
  /** A part that ends by itself aborts it; an abort cancels downloads. */
  ending: AbortController
  print: (line: string) => void
}

/** Starts the embedded PostgreSQL. @returns the URL of its database */
export async function openPostgres({ dataDir }: Config, context: StartContext): Promise<string> {
  context.print('Starting PostgreSQL')
  const server = await startPostgres({ dataDir, onProgress: context.print })
  context.parts.push({ name: 'PostgreSQL', stop: server.stop, seconds: 10 })
  endWith('PostgreSQL', server.ended, context, path.join(dataDir, 'postgres.log'))
  return server.url
}

/** Starts Temporal's development server; downloads or builds it if missing. */
export async function openTemporal(config: Config, context: StartContext): Promise<{ address: string; uiUrl: string }> {
  const { dataDir, temporalCli: cli, temporalNamespace: namespace } = config
  const { print, ending } = context
  const search = { cli, cacheDir: path.join(dataDir, 'bin'), onProgress: print, signal: ending.signal }
  const executable = await findTemporal(search)
  print('Starting Temporal')
  const server = await startTemporal({ executable, dataDir, namespace, onProgress: print })
  context.parts.push({ name: 'Temporal', stop: server.stop, seconds: 6 })
  endWith('Temporal', server.ended, context, path.join(dataDir, 'temporal.log'))
  return server
}

/** Stops everything when this part ends by itself. */
export async function endWith(
  name: string,
  ended: Promise<string>,
  { ending }: StartContext,
  log?: string,
): Promise<void> {
  const how = await ended
  const advice = log ? `; see ${log}` : ''
  // No effect during a stop, which has set the reason already.
  ending.abort(new Error(`${name} ended unexpectedly (${how})${advice}. Stopping everything else.`))
}
