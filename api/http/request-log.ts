import { randomUUID } from 'node:crypto'
import type { NextFunction, Request, Response } from 'express'
import type { App } from './app.ts'

/** Logs and measures each request in one line, without bodies, keys or query values. */
export function requestLog({ metrics, logger }: App) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const given = request.get('x-request-id') ?? ''
    const request_id = /^[\w.-]{1,64}$/.test(given) ? given : randomUUID()
    response.locals.requestId = request_id
    response.set('X-Request-Id', request_id)
    const startedAt = performance.now()
    response.on('finish', () => {
      const ms = Math.floor(performance.now() - startedAt)
      const { caller, refusal, trace } = response.locals
      const { method } = request
      const { statusCode: status } = response
      const route = request.route?.path
      // The duration of an event stream is no latency.
      if (!/event-stream/.test(String(response.getHeader('content-type'))))
        metrics.observe({
          method,
          route: String(route ?? 'none'),
          status,
          seconds: ms / 1000,
          product: caller?.product ?? '',
          refusal,
        })
      logger.info(
        {
          request_id,
          method,
          route: route ?? null,
          status,
          ms,
          product: caller?.product,
          key: caller?.key_name,
          refusal,
          ...trace,
        },
        'request',
      )
    })
    next()
  }
}
