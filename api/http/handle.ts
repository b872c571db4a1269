import type { Request, Response } from 'express'
import { findAccount, timeOf } from '../../db/accounts/accounts.ts'
import type { Caller } from '../../db/accounts/api-keys.ts'
import { fingerprint, type Totals } from '../../db/core/command.ts'
import { findStoredResponse, storeResponse } from '../../db/core/idempotent-responses.ts'
import { readTotals } from '../../db/ledger/totals.ts'
import { parseRequest } from '../../domain/shared/parse.ts'
import { invalidRequest, Refused } from '../../domain/shared/refusals.ts'
import type { App } from './app.ts'
import { creditHeaders } from './credit-headers.ts'
import type { Call, Route, RouteResponse } from './route.ts'

/** Refusals that look nothing up: the book cannot be asked, or should be spared. */
const CODES_WITHOUT_BALANCE = new Set(['temporarily_unavailable', 'too_many_requests'])
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/

/** What a request says, before the route's schemas have seen it. */
export type RawRequest = {
  params: unknown
  query: unknown
  body: unknown
  idempotencyKey: string | undefined
}

/** What an HTTP request says to a route. @throws Refused invalid_request, idempotency_key_required */
export function readRequest(route: Route, request: Request): RawRequest {
  return {
    params: request.params,
    query: request.query,
    body: bodyOf(route, request),
    idempotencyKey: idempotencyKeyOf(route, request),
  }
}

/** Checks what is asked by the route's schemas, and lets it answer, or answers again what it did. @throws Refused */
export function handle(
  app: App,
  route: Route,
  caller: Caller,
  request: Request,
  asked: RawRequest,
): Promise<RouteResponse> {
  return handleOnce(route, {
    app,
    caller,
    params: parseRequest(route.params, asked.params),
    query: parseRequest(route.query, asked.query),
    body: route.body ? parseRequest(route.body, asked.body ?? {}) : undefined,
    idempotencyKey: asked.idempotencyKey,
    request,
  })
}

/**
 * The headers that go with a refusal: the balance, where the route is about an account (KV-04). A refusal stays what it is
 * when the balance cannot be read.
 */
export async function balanceHeadersForError(
  error: unknown,
  app: App,
  caller: Caller,
  account: unknown,
): Promise<Record<string, string>> {
  if (!(error instanceof Refused) || CODES_WITHOUT_BALANCE.has(error.refusal.code)) return {}
  try {
    const totals = await balanceOf(app, caller, account)
    return totals ? creditHeaders(totals) : {}
  } catch (unread) {
    app.logger.warn({ err: unread }, 'a refusal goes without the balance')
    return {}
  }
}

/** The balance of now of an account, by its name, if there is one. */
async function balanceOf(app: App, caller: Caller, name: unknown): Promise<Totals | undefined> {
  const account = typeof name === 'string' ? await findAccount(app.db, caller.product, name) : null
  return account ? readTotals(app.db, account.account_key, timeOf(account, app.now())) : undefined
}

/** Writes an answer, with the balance in its headers. */
export async function send(response: Response, answer: RouteResponse): Promise<void> {
  const { status = 200, body, totals, replayed, headers, stream } = answer
  response.status(status)
  if (totals) response.set(creditHeaders(totals))
  if (replayed) response.set('Idempotent-Replayed', 'true')
  if (headers) response.set(headers)
  if (stream) return stream(response)
  if (body === undefined || body === null) response.end()
  else response.json(body)
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
  return sent
}

function idempotencyKeyOf(route: Route, request: Request): string | undefined {
  if (route.method !== 'post') return undefined
  const key = request.get('idempotency-key')
  if (key === undefined && route.idempotency === 'ledger')
    throw new Refused({
      code: 'idempotency_key_required',
      detail: 'Send an Idempotency-Key header, the same one when this request is repeated.',
    })
  if (key !== undefined && !IDEMPOTENCY_KEY.test(key))
    throw invalidRequest('Idempotency-Key', 'must be 1 to 255 printable ASCII characters without spaces')
  return key
}

async function handleOnce(route: Route, call: Call<unknown, unknown, unknown>): Promise<RouteResponse> {
  const { app, caller, idempotencyKey: key } = call
  if (key === undefined || route.idempotency !== 'stored') return route.handler(call)
  const digest = fingerprint([route.path, call.params, call.body])
  const before = await findStoredResponse(app.db, caller.product, key, digest)
  if (before) {
    const { account } = { ...(call.params as object), ...(before.body as object) } as { account?: unknown }
    const totals = await balanceOf(app, caller, account)
    return { ...before, ...(totals && { totals }), replayed: true }
  }
  const answer = await route.handler(call)
  await storeResponse(app.db, caller.product, key, digest, {
    status: answer.status ?? 200,
    body: answer.body,
  })
  return answer
}
