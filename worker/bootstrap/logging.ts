import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker'
import type { Logger } from 'pino'
import { ConfigError } from '../../platform/config.ts'

let installed = false

/** The Temporal SDK's own log lines as ours: warnings and errors, everything when we log at debug. */
export function temporalLogger(logger: Logger): DefaultLogger {
  return new DefaultLogger(logger.isLevelEnabled('debug') ? 'DEBUG' : 'WARN', ({ level, message, meta }) => {
    const write = level === 'ERROR' ? 'error' : level === 'WARN' ? 'warn' : 'debug'
    logger[write]({ ...meta, from: 'temporal' }, message)
  })
}

/**
 * Makes the SDK log through ours, and tell its metrics to Prometheus where an address for that is given. It takes one
 * logger and one address per process, the first worker's.
 * @throws ConfigError when nobody can listen there
 */
export function observeTemporal(logger: Logger, metricsAddress?: string): void {
  if (installed) return
  const filter = makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' })
  const logging = { filter, forward: {} }
  const metrics = metricsAddress && { prometheus: prometheusAt(metricsAddress) }
  try {
    Runtime.install({
      logger: temporalLogger(logger),
      telemetryOptions: metrics ? { logging, metrics } : { logging },
    })
  } catch (error) {
    if (!metricsAddress) throw error
    throw new ConfigError(`WORKER_METRICS_ADDRESS ${metricsAddress} cannot be listened at: ${error}`)
  }
  installed = true
}

function prometheusAt(bindAddress: string) {
  return { bindAddress, countersTotalSuffix: true, unitSuffix: true, useSecondsForDurations: true }
}
