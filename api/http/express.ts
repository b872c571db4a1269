import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Express, NextFunction, Request, Response, Router } from 'express'
import express from 'express'
import helmet from 'helmet'
import { notFound, type Refusal, Refused } from '../../domain/shared/refusals.ts'
import { consoleSignIn } from '../console/console.ts'
import { apiDocument } from '../docs/document.ts'
import { documentationPages } from '../docs/pages.ts'
import { startPage } from '../docs/start-page.ts'
import { portal } from '../portal/portal.ts'
import { type BodyReader, bodyReader, limitPendingBodies } from '../rate-limits/bodies.ts'
import { limitConcurrency } from '../rate-limits/concurrency.ts'
import { mailboxPage } from '../routes/codes/mailbox.ts'
import { healthRoutes } from '../routes/health.ts'
import { routes } from '../routes/index.ts'
import { gumroadWebhook } from '../routes/purchases/gumroad-webhook.ts'
import { stripeWebhook } from '../routes/purchases/stripe-webhook.ts'
import { testCheckout } from '../routes/purchases/test-checkout.ts'
import type { App } from './app.ts'
import { authenticate, requireScope } from './authenticate.ts'
import { type AccountOfCall, balanceHeadersForError, handle, readRequest, send } from './handle.ts'
import { problemOf, refusalOf, statuses, unavailableDetail } from './problems.ts'
import { requestLog } from './request-log.ts'
import type { Route } from './route.ts'
import { traceRequests } from './trace.ts'

/** The Express application: validates, authorizes, answers and logs every route alike. */
export function createHttpApp(app: App): Express {
  const http = express()
  http.disable('x-powered-by')
  // Clients do not cache these responses, so hashing each one for an ETag would be wasted.
  http.disable('etag')
  http.set('query parser', 'simple')
  const { trustProxy, requestsAtOnce } = app.config
  if (trustProxy) http.set('trust proxy', /^\d+$/.test(trustProxy) ? Number(trustProxy) : trustProxy)
  http.use(traceRequests(app), securityHeaders(), requestLog(app))
  const concurrency = limitConcurrency(requestsAtOnce)
  const pendingBodies = limitPendingBodies(requestsAtOnce)
  const readBody = bodyReader(pendingBodies)
  http.use(apiRoutes(express.Router().use(concurrency), app, readBody))
  healthRoutes(http, app)
  documentationPages(http)
  startPage(http, app)
  // Written with the first request: it takes longer than the rest of a start.
  let document: string | undefined
  http.get('/openapi.json', (_request, response) => {
    document ??= JSON.stringify(apiDocument())
    response.type('json').send(document)
  })
  http.use(concurrency)
  stripeWebhook(http, app, pendingBodies)
  testCheckout(http, app)
  gumroadWebhook(http, app, pendingBodies)
  mailboxPage(http, app)
  consoleSignIn(http, app)
  portal(http, app, routes, readBody)
  http.use(noSuchRoute)
  http.use(sendProblem(app))
  return http
}

/** The API's routes come first, because Express tries routes one after the other. */
function apiRoutes(router: Router, app: App, readBody: BodyReader) {
  for (const route of routes) {
    const path = route.path.replaceAll(/\{(\w+)\}/g, ':$1')
    router[route.method](path, (request, response) => respond(app, route, readBody, request, response))
  }
  router.use(noSuchRoute)
  return (request: Request, response: Response, next: NextFunction): void => {
    if (request.path.startsWith('/v1/')) router(request, response, next)
    else next()
  }
}

function noSuchRoute(): void {
  throw notFound('route; /openapi.json lists all routes')
}

/** Authenticates and counts a request before its body is read, so that strangers cannot keep a body pending. */
async function respond(
  app: App,
  route: Route,
  readBody: BodyReader,
  request: Request,
  response: Response,
): Promise<void> {
  response.locals.route = route
  const caller = await authenticate(app, request, route.scope)
  response.locals.caller = caller
  await app.keyRateLimiter.count(caller.key_id)
  requireScope(caller, route.scope)
  await readBody(request, response)
  try {
    await send(response, await handle(app, route, caller, request, readRequest(route, request)))
  } catch (error) {
    const headers = await balanceHeadersForError(error, app, caller, accountIn(route, request))
    if (!response.headersSent) response.set(headers)
    throw error
  }
}

/** The account that a call is about: as named in its path, or that of the generation in it. */
function accountIn({ path }: Route, { params }: Request): AccountOfCall {
  if (path.startsWith('/v1/generations/{id}')) return { generation: String(params.id) }
  return typeof params.account === 'string' ? params.account : undefined
}

function sendProblem(app: App) {
  return (error: unknown, _request: Request, response: Response, next: NextFunction): void => {
    const refusal: Refusal = refusalOf(error)
    const { requestId, route } = response.locals
    // Errors of the caller are not logged: those of the parser hold the body.
    if ((!(error instanceof Refused) || refusal.code === 'provider_refused') && statuses[refusal.code] >= 500)
      app.logger.error({ request_id: requestId, err: error }, 'request failed')
    if (response.headersSent) {
      next(error)
      return
    }
    response.locals.refusal = refusal.code
    if (refusal.code === 'unauthorized') response.set('WWW-Authenticate', 'Bearer')
    if (refusal.code === 'too_many_requests') response.set('Retry-After', String(refusal.retry_after ?? 1))
    const isUnavailable = refusal.code === 'temporarily_unavailable'
    if (isUnavailable) response.set('Retry-After', '1')
    const problem = problemOf(
      isUnavailable ? { detail: unavailableDetail(route), ...refusal } : refusal,
      requestId,
      app.publicUrl,
    )
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
  }
}

/** Helmet's headers, computed once because they never change. */
function securityHeaders() {
  const headers: [name: string, value: string][] = []
  const recorder = {
    setHeader: (name: string, value: string) => headers.push([name, value]),
    removeHeader: () => undefined,
  }
  helmet()({} as IncomingMessage, recorder as unknown as ServerResponse, (error?: unknown) => {
    if (error) throw error
  })
  return (_request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    for (const [name, value] of headers) response.setHeader(name, value)
    next()
  }
}
