import { randomUUID } from 'node:crypto'
import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import helmet from 'helmet'
import { parseRequest } from '../credits/parse.ts'
import { invalidRequest, type Refusal, Refused } from '../credits/refusals.ts'
import { fingerprint } from '../ledger/act.ts'
import type { App } from './app.ts'
import { authenticate, demandScope } from './auth.ts'
import { creditHeaders } from './credit-headers.ts'
import { recallAnswer, rememberAnswer } from './idempotency.ts'
import { openApiDocument } from './openapi.ts'
import { problemOf, refusalOf } from './problems.ts'
import type { Answer, Call, Route } from './route.ts'
import { healthRoutes } from './routes/health.ts'
import { routes } from './routes/index.ts'
import { stripeWebhook } from './routes/stripe-webhook.ts'

const BODY_LIMIT = '256kb'
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/

/** The Express application: every route validated, authorised, answered and logged in the same way. */
export function serve(app: App): Express {
  const http = express()
  http.disable('x-powered-by')
  http.set('query parser', 'simple')
  http.use(helmet(), logged(app))
  healthRoutes(http, app)
  const document = openApiDocument(routes)
  http.get('/openapi.json', (_request, response) => void response.json(document))
  stripeWebhook(http, app)
  http.use(express.json({ limit: BODY_LIMIT }))
  for (const route of routes) {
    const path = route.path.replaceAll(/\{(\w+)\}/g, ':$1')
    http[route.method](path, (request, response) => respond(app, route, request, response))
  }
  http.use((_request, _response) => {
    throw new Refused({ code: 'not_found', detail: 'There is no such route; /openapi.json lists them.' })
  })
  http.use(answerProblem(app))
  return http
}

async function respond(app: App, route: Route, request: Request, response: Response): Promise<void> {
  const caller = await authenticate(app.book, request.get('authorization'))
  response.locals.caller = caller
  demandScope(caller, route.scope)
  const call: Call<unknown, unknown, unknown> = {
    app,
    caller,
    params: parseRequest(route.params, request.params),
    query: parseRequest(route.query, request.query),
    body: bodyOf(route, request),
    idempotencyKey: idempotencyKeyOf(route, request),
    request,
  }
  const answer = await remembered(route, call)
  await send(response, answer)
}

function bodyOf(route: Route, request: Request): unknown {
  const sent: unknown = request.body
  if (!route.body) {
    if (sent !== undefined && Object.keys(sent as object).length > 0)
      throw invalidRequest('(body)', 'this request takes none')
    return undefined
  }
  const length = Number(request.get('content-length') ?? 0)
  if (sent === undefined && (length > 0 || request.get('transfer-encoding')))
    throw invalidRequest('(body)', 'must be JSON, sent as application/json')
  return parseRequest(route.body, sent ?? {})
}

function idempotencyKeyOf(route: Route, request: Request): string | undefined {
  if (route.method !== 'post') return undefined
  const key = request.get('idempotency-key')
  if (key === undefined && route.memory === 'book')
    throw new Refused({
      code: 'idempotency_key_required',
      detail: 'Send an Idempotency-Key header, the same one when this request is repeated.',
    })
  if (key !== undefined && !IDEMPOTENCY_KEY.test(key))
    throw invalidRequest('Idempotency-Key', 'must be 1 to 255 printable ASCII characters without spaces')
  return key
}

async function remembered(route: Route, call: Call<unknown, unknown, unknown>): Promise<Answer> {
  const { app, caller, idempotencyKey: key } = call
  if (key === undefined || route.memory !== 'answers') return route.handler(call)
  const digest = fingerprint([route.path, call.params, call.body])
  const before = await recallAnswer(app.book, caller.product, key, digest)
  if (before) return { ...before, replayed: true }
  const answer = await route.handler(call)
  await rememberAnswer(app.book, caller.product, key, digest, {
    status: answer.status ?? 200,
    body: answer.body,
  })
  return answer
}

async function send(response: Response, answer: Answer): Promise<void> {
  const { status = 200, body, totals, replayed, headers, stream } = answer
  response.status(status)
  if (totals) response.set(creditHeaders(totals))
  if (replayed) response.set('Idempotent-Replayed', 'true')
  if (headers) response.set(headers)
  if (stream) return stream(response)
  if (body === undefined || body === null) response.end()
  else response.json(body)
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
      app.logger.info(
        {
          request_id,
          method: request.method,
          route: request.route?.path ?? null,
          status: response.statusCode,
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
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
  }
}
