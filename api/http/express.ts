import { randomUUID } from 'node:crypto'
import express, { type Express, type NextFunction, type Request, type Response, type Router } from 'express'
import { type Refusal, Refused } from '../../domain/shared/refusals.ts'
import { withExamples } from '../docs/attach.ts'
import { documentationPages } from '../docs/pages.ts'
import { portal } from '../portal/portal.ts'
import { limitConcurrency } from '../rate-limits/concurrency.ts'
import { mailboxPage } from '../routes/codes/mailbox.ts'
import { healthRoutes } from '../routes/health.ts'
import { routes } from '../routes/index.ts'
import { gumroadWebhook, gumroadWebhookPath } from '../routes/purchases/gumroad-webhook.ts'
import { stripeWebhook, stripeWebhookPath } from '../routes/purchases/stripe-webhook.ts'
import { testCheckout } from '../routes/purchases/test-checkout.ts'
import type { App } from './app.ts'
import { authenticate, requireScope } from './auth.ts'
import { balanceHeadersForError, handle, readRequest, send } from './handle.ts'
import { openApiDocument } from './openapi.ts'
import { problemOf, refusalOf } from './problems.ts'
import type { Route } from './route.ts'
import { securityHeaders } from './security-headers.ts'

const BODY_LIMIT = '256kb'

/** The Express application: every route validated, authorised, answered and logged in the same way. */
export function createHttpApp(app: App): Express {
  const http = express()
  http.disable('x-powered-by')
  // Express would digest every answer for a tag; nobody asks for what they know already.
  http.disable('etag')
  http.set('query parser', 'simple')
  const { trustProxy } = app
  if (trustProxy !== null) http.set('trust proxy', /^\d+$/.test(trustProxy) ? Number(trustProxy) : trustProxy)
  http.use(securityHeaders(), logged(app))
  const underWay = limitConcurrency(app.requestsAtOnce)
  const json = express.json({ limit: BODY_LIMIT })
  http.use(ofTheApi(express.Router().use(underWay, json), app))
  healthRoutes(http, app)
  const document = withExamples(openApiDocument(routes, [stripeWebhookPath, gumroadWebhookPath]))
  documentationPages(http, document)
  http.get('/openapi.json', (_request, response) => void response.json(document))
  http.use(underWay)
  stripeWebhook(http, app)
  testCheckout(http, app)
  gumroadWebhook(http, app)
  mailboxPage(http, app)
  http.use(json)
  portal(http, app, routes)
  http.use(noSuchRoute)
  http.use(answerProblem(app))
  return http
}

/** The routes of the API, before everything else that is served: Express asks one route after the other. */
function ofTheApi(router: Router, app: App) {
  for (const route of routes) {
    const path = route.path.replaceAll(/\{(\w+)\}/g, ':$1')
    router[route.method](path, (request, response) => respond(app, route, request, response))
  }
  router.use(noSuchRoute)
  return (request: Request, response: Response, next: NextFunction): void => {
    if (request.path.startsWith('/v1/')) router(request, response, next)
    else next()
  }
}

function noSuchRoute(): void {
  throw new Refused({ code: 'not_found', detail: 'There is no such route; /openapi.json lists them.' })
}

async function respond(app: App, route: Route, request: Request, response: Response): Promise<void> {
  const caller = await authenticate(app.db, request.get('authorization'))
  response.locals.caller = caller
  await app.keyRateLimiter.count(caller.key_id)
  requireScope(caller, route.scope)
  try {
    await send(response, await handle(app, route, caller, request, readRequest(route, request)))
  } catch (error) {
    const headers = await balanceHeadersForError(error, app, caller, request.params.account)
    if (!response.headersSent) response.set(headers)
    throw error
  }
}

/** One log line per request, without bodies, keys or query values. */
function logged(app: App) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const given = request.get('x-request-id') ?? ''
    const request_id = /^[\w.-]{1,64}$/.test(given) ? given : randomUUID()
    response.locals.requestId = request_id
    response.set('X-Request-Id', request_id)
    const began = process.hrtime.bigint()
    response.on('finish', () => {
      const ms = Number((process.hrtime.bigint() - began) / 1_000_000n)
      const { caller, refusal } = response.locals
      const { method } = request
      const { statusCode: status } = response
      // How long somebody looked at a page is no latency.
      if (!/event-stream/.test(String(response.getHeader('content-type'))))
        app.metrics.observe({
          method,
          route: String(request.route?.path ?? 'none'),
          status,
          seconds: ms / 1000,
          product: caller?.product ?? '',
          refusal,
        })
      app.logger.info(
        {
          request_id,
          method,
          route: request.route?.path ?? null,
          status,
          ms,
          product: caller?.product,
          key: caller?.key_name,
          refusal,
        },
        'request',
      )
    })
    next()
  }
}

function answerProblem(app: App) {
  return (error: unknown, _request: Request, response: Response, next: NextFunction): void => {
    const refusal: Refusal = refusalOf(error)
    const { requestId } = response.locals
    if (!(error instanceof Refused)) app.logger.error({ request_id: requestId, err: error }, 'request failed')
    if (response.headersSent) {
      next(error)
      return
    }
    response.locals.refusal = refusal.code
    const problem = problemOf(refusal, requestId)
    if (refusal.code === 'unauthorized') response.set('WWW-Authenticate', 'Bearer')
    if (refusal.code === 'temporarily_unavailable') response.set('Retry-After', '1')
    if (refusal.code === 'too_many_requests') response.set('Retry-After', String(refusal.retry_after ?? 1))
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
  }
}
