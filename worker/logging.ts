import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker'
import type { Logger } from 'pino'

let installed = false

/** The Temporal SDK's own log lines as ours: warnings and errors, everything when we log at debug. */
export function temporalLogger(logger: Logger): DefaultLogger {
  return new DefaultLogger(logger.isLevelEnabled('debug') ? 'DEBUG' : 'WARN', ({ level, message, meta }) => {
    const write = level === 'ERROR' ? 'error' : level === 'WARN' ? 'warn' : 'debug'
    logger[write]({ ...meta, from: 'temporal' }, message)
  })
}

/** Makes the SDK log through ours. It takes one logger per process, the first worker's. */
export function logTemporalTo(logger: Logger): void {
  if (installed) return
  installed = true
  const filter = makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' })
  Runtime.install({
    logger: temporalLogger(logger),
    telemetryOptions: { logging: { filter, forward: {} } },
  })
}
