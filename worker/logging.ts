import { DefaultLogger, type LogLevel, Runtime } from '@temporalio/worker'
import type { Logger } from 'pino'

/** Sends the Temporal SDK's own log lines to ours; once per process, before the first worker. */
export function logTemporalTo(logger: Logger): void {
  const level: LogLevel = logger.isLevelEnabled('debug') ? 'DEBUG' : 'WARN'
  Runtime.install({
    logger: new DefaultLogger(level, ({ level, message, meta }) => {
      const write = level === 'ERROR' ? 'error' : level === 'WARN' ? 'warn' : 'debug'
      logger[write]({ ...meta, from: 'temporal' }, message)
    }),
  })
}
