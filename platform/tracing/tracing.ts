import type { IncomingHttpHeaders } from 'node:http'
import type { WorkflowClientInterceptor } from '@temporalio/client'
import type { WorkerOptions } from '@temporalio/worker'

/** The end of a request's span. */
export type RequestSpan = { end(route: string, status: number): void }

/** One trace from a request over workflows and activities to SQL commands, by OpenTelemetry. */
export type Tracing = {
  clientInterceptors: WorkflowClientInterceptor[]
  worker: Pick<WorkerOptions, 'interceptors' | 'sinks'>
  /** files for the bundle of workflows */
  workflowInterceptorModules: string[]
  /** Runs the handlers of a request in its span, which continues the caller's trace. */
  request(method: string, headers: IncomingHttpHeaders, run: (span: RequestSpan) => void): void
  /** Runs an SQL command in a span. */
  command<T>(name: string, run: () => Promise<T>): Promise<T>
  /** the current trace and span, for log lines */
  ids(): { trace_id?: string; span_id?: string }
  /** Exports what has ended. */
  flush(): Promise<void>
}

let current: Tracing | undefined

export function setTracing(tracing: Tracing): void {
  current = tracing
}

/** The tracing of this process, where it is on. */
export function currentTracing(): Tracing | undefined {
  return current
}
