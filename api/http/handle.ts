import type { Request, Response } from 'express'
import { findAccount, timeOf } from '../../db/accounts/accounts.ts'
import type { Caller } from '../../db/accounts/api-keys.ts'
import { fingerprint, type Totals } from '../../db/core/command.ts'
import { findStoredResponse, storeResponse } from '../../db/core/idempotency.ts'
import { findGeneration } from '../../db/generations/generations.ts'
import { readTotals } from '../../db/ledger/balance.ts'
import { parseRequest } from '../../domain/shared/parse.ts'
import { invalidRequest, Refused } from '../../domain/shared/refusals.ts'
import { policyOf } from '../../platform/policy-store.ts'
import type { App } from './app.ts'
import { parseQuery } from './query.ts'
import type { Call, Route, RouteResponse } from './route.ts'

/** Errors for which the balance is not read: the database is unavailable or must be spared. */
const CODES_WITHOUT_BALANCE = new Set(['temporarily_unavailable', 'too_many_requests'])
const IDEMPOTENCY_KEY = /^[\x20-\x7e]{1,255}$/

/** A request before validation. */
export type RawRequest = {
  params: unknown
  query: unknown
  body: unknown
  idempotencyKey: string | undefined
}

/** Reads a request for a route. @throws Refused invalid_request, idempotency_key_required */
export function readRequest(route: Route, request: Request): RawRequest {
  return {
    params: request.params,
    query: request.query,
    body: bodyOf(route, request),
    idempotencyKey: idempotencyKeyOf(route, request),
  }
}

/** Validates a request and runs its handler, or returns its stored response. @throws Refused */
export async function handle(
  app: App,
  route: Route,
  caller: Caller,
  request: Request,
  raw: RawRequest,
): Promise<RouteResponse> {
  const answer = await handleOnce(route, {
    app,
    caller,
    get policy() {
      return policyOf(app.policies, caller.product)
    },
    params: parseRequest(route.params, raw.params),
    query: parseQuery(route.query, raw.query),
    body: route.body ? parseRequest(route.body, raw.body ?? {}) : undefined,
    idempotencyKey: raw.idempotencyKey,
    request,
  })
  const { account, totals, replayed } = answer
  if (!account || (totals && !replayed)) return answer
  return { ...answer, totals: await readTotals(app.db, account.account_key, account.at) }
}

/** The account that a call names, or the generation whose account it is about. */
export type AccountOfCall = string | { generation: string } | undefined

/**
 * The balance headers of a refusal, where the route names an account or a generation (KV-04). A failure to read the balance does not
 * replace the refusal.
 */
export async function balanceHeadersForError(
  error: unknown,
  app: App,
  caller: Caller,
  account: AccountOfCall,
): Promise<Record<string, string>> {
  if (!(error instanceof Refused) || CODES_WITHOUT_BALANCE.has(error.refusal.code)) return {}
  try {
    const totals = await balanceOf(app, caller, account)
    return totals ? creditHeaders(totals) : {}
  } catch (unread) {
    app.logger.warn({ err: unread }, 'refusal sent without balance headers')
    return {}
  }
}

/** The current balance of an account, if it exists. */
async function balanceOf(app: App, { product }: Caller, named: AccountOfCall): Promise<Totals | undefined> {
  if (named === undefined) return undefined
  const account =
    typeof named === 'string'
      ? await findAccount(app.db, product, named)
      : await findGeneration(app.db, product, named.generation)
  return account ? readTotals(app.db, account.account_key, timeOf(account, app.now())) : undefined
}

/** Writes a response, with the balance in its headers. */
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
      throw invalidRequest('(body)', 'must be empty: this call takes no body')
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
  if (key === undefined && route.requiresKey)
    throw new Refused({
      code: 'idempotency_key_required',
      detail: 'Send an Idempotency-Key header, and the same key whenever this request is repeated.',
    })
  if (key !== undefined && !IDEMPOTENCY_KEY.test(key))
    throw invalidRequest('Idempotency-Key', 'must be 1 to 255 printable ASCII characters')
  return key
}

async function handleOnce(route: Route, call: Call<unknown, unknown, unknown>): Promise<RouteResponse> {
  const { app, caller, idempotencyKey: key } = call
  if (key === undefined || route.idempotency !== 'stored') return route.handler(call)
  const digest = fingerprint([route.path, call.params, call.body])
  const before = await findStoredResponse(app.db, caller.product, key, digest)
  if (before) {
    const { account } = { ...(call.params as object), ...(before.body as object) } as { account?: unknown }
    const totals = await balanceOf(app, caller, typeof account === 'string' ? account : undefined)
    return { ...before, ...(totals && { totals }), replayed: true }
  }
  const answer = await route.handler(call)
  await storeResponse(app.db, caller.product, key, digest, {
    status: answer.status ?? 200,
    body: answer.body,
  })
  return answer
}

/** The balance headers of every response about one account (KV-04). */
function creditHeaders({ available, held, frozen, next_expiry }: Totals): Record<string, string> {
  return {
    'Credits-Available': String(available),
    'Credits-Held': String(held),
    'Credits-Frozen': String(frozen),
    ...(next_expiry ? { 'Credits-Next-Expiry': next_expiry } : {}),
  }
}
