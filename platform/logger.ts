import { type Logger, pino } from 'pino'
import { PinoPretty } from 'pino-pretty'
import type { Config } from './config.ts'
import { currentTracing } from './tracing/tracing.ts'

/**
 * The logger of a process, with the ids of the current trace where tracing is on: one JSON line each, or a line to read
 * where the output is a terminal.
 */
export function createLogger({ logLevel }: Pick<Config, 'logLevel'>): Logger {
  const tracing = currentTracing()
  const options = { level: logLevel, ...(tracing ? { mixin: () => tracing.ids() } : {}) }
  return process.stdout.isTTY ? pino(options, forTerminal()) : pino(options)
}

/** What a line on a terminal leaves out, or shows in its message. */
const OMITTED = 'pid,hostname,request_id,method,route,status,ms,product,key,refusal'

function forTerminal() {
  const messageFormat = (log: Record<string, unknown>) => (log.msg === 'request' ? requestLine(log) : String(log.msg))
  return PinoPretty({ colorize: true, translateTime: 'SYS:HH:MM:ss', ignore: OMITTED, singleLine: true, messageFormat })
}

function requestLine({ method, route, status, ms, product, key, refusal }: Record<string, unknown>): string {
  const caller = product ? ` (${product}${key ? `, ${key}` : ''})` : ''
  return `${method} ${route ?? 'unknown path'} ${status}${refusal ? ` ${refusal}` : ''} in ${ms} ms${caller}`
}
