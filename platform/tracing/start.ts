import type { tracing } from '@opentelemetry/sdk-node'
import type { Config } from '../config.ts'
import { setTracing, type Tracing } from './tracing.ts'

let started: Promise<Tracing> | undefined

/**
 * Starts tracing once per process if OTEL_… variables enable it. The packages are imported only then.
 * @param processors replace the exporters of the OTEL_… variables
 */
export async function startTracing(
  config: Pick<Config, 'tracing'>,
  processors?: tracing.SpanProcessor[],
): Promise<Tracing | undefined> {
  if (!config.tracing) return undefined
  started ??= import('./open-telemetry.ts').then(({ openTelemetry }) => openTelemetry(processors))
  const tracing = await started
  setTracing(tracing)
  return tracing
}
