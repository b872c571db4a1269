// The only file that imports OpenTelemetry, and only where tracing is on.
import { createRequire } from 'node:module'
import { context, type ProxyTracerProvider, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { NodeSDK, resources, type tracing } from '@opentelemetry/sdk-node'
import {
  makeWorkflowExporter,
  OpenTelemetryActivityInboundInterceptor,
  OpenTelemetryWorkflowClientInterceptor,
} from '@temporalio/interceptors-opentelemetry'
import type { Tracing } from './tracing.ts'

const SERVICE = 'lotkeeper'

/** Starts OpenTelemetry's SDK, which reads the OTEL_… variables. @param processors replace its exporters */
export function openTelemetry(processors?: tracing.SpanProcessor[]): Tracing {
  const resource = new resources.Resource({ 'service.name': SERVICE })
  new NodeSDK({ resource, instrumentations: [], ...(processors ? { spanProcessors: processors } : {}) }).start()
  const provider = (trace.getTracerProvider() as ProxyTracerProvider).getDelegate() as tracing.BasicTracerProvider
  return {
    clientInterceptors: [new OpenTelemetryWorkflowClientInterceptor()],
    worker: {
      interceptors: { activity: [activity => ({ inbound: new OpenTelemetryActivityInboundInterceptor(activity) })] },
      sinks: { exporter: makeWorkflowExporter(provider.getActiveSpanProcessor(), provider.resource) },
    },
    workflowInterceptorModules: [
      createRequire(import.meta.url).resolve('@temporalio/interceptors-opentelemetry/lib/workflow-interceptors'),
    ],
    request,
    command,
    ids,
    flush: () => provider.forceFlush(),
  }
}

const request: Tracing['request'] = (method, headers, run) => {
  const caller = propagation.extract(context.active(), headers)
  const attributes = { 'http.request.method': method }
  const span = trace.getTracer(SERVICE).startSpan(method, { kind: SpanKind.SERVER, attributes }, caller)
  context.with(trace.setSpan(caller, span), () =>
    run({
      end: (route, status) => {
        span.updateName(`${method} ${route}`)
        span.setAttributes({ 'http.route': route, 'http.response.status_code': status })
        if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
        span.end()
      },
    }),
  )
}

const command: Tracing['command'] = (name, run) => {
  const attributes = { 'db.system.name': 'postgresql', 'db.operation.name': name }
  return trace.getTracer(SERVICE).startActiveSpan(`SQL ${name}`, { kind: SpanKind.CLIENT, attributes }, async span => {
    try {
      return await run()
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR })
      throw error
    } finally {
      span.end()
    }
  })
}

const ids: Tracing['ids'] = () => {
  const span = trace.getActiveSpan()?.spanContext()
  return span ? { trace_id: span.traceId, span_id: span.spanId } : {}
}
