import { type Logger, pino } from 'pino'
import type { Config } from './config.ts'
import { currentTracing } from './tracing/tracing.ts'

/** The logger of a process: one JSON line each, with the ids of the current trace where tracing is on. */
export function createLogger({ logLevel }: Pick<Config, 'logLevel'>): Logger {
  const tracing = currentTracing()
  return pino({ level: logLevel, ...(tracing ? { mixin: () => tracing.ids() } : {}) })
}
