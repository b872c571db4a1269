import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker'
import type { Logger } from 'pino'
import { ConfigError } from '../../platform/config.ts'

let installed = false

/** Writes the Temporal SDK's log lines to our logger: warnings and errors, everything at level debug. */
export function temporalLogger(logger: Logger): DefaultLogger {
  return new DefaultLogger(logger.isLevelEnabled('debug') ? 'DEBUG' : 'WARN', ({ level, message, meta }) => {
    const write = level === 'ERROR' ? 'error' : level === 'WARN' ? 'warn' : 'debug'
    const { error, ...fields } = meta ?? {}
    logger[write]({ ...fields, ...(error ? { err: error } : {}), from: 'temporal' }, message)
  })
}

/**
 * Sets the SDK's logger, and its Prometheus endpoint if an address is given. The SDK has one of each per process, so only
 * the first call counts.
 * @throws ConfigError if the address cannot be used
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
    throw new ConfigError(`WORKER_METRICS_ADDRESS ${metricsAddress} cannot be used: ${error}`)
  }
  installed = true
}

function prometheusAt(bindAddress: string) {
  return { bindAddress, countersTotalSuffix: true, unitSuffix: true, useSecondsForDurations: true }
}
