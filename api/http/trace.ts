import type { NextFunction, Request, Response } from 'express'
import type { App } from './app.ts'

/** Runs each request in a span of the caller's trace, where tracing is on. The log line of the request names the trace. */
export function traceRequests({ tracing }: App) {
  return (request: Request, response: Response, next: NextFunction): void => {
    if (!tracing) {
      next()
      return
    }
    tracing.request(request.method, request.headers, span => {
      response.locals.trace = tracing.ids()
      response.on('close', () => span.end(String(request.route?.path ?? 'none'), response.statusCode))
      next()
    })
  }
}
