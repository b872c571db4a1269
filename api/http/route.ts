import type { Request, Response } from 'express'
import { z } from 'zod'
import { type Account, loadAccount, timeOf } from '../../db/accounts/accounts.ts'
import type { Caller, Scope } from '../../db/accounts/api-keys.ts'
import type { Totals } from '../../db/core/command.ts'
import type { Policy } from '../../domain/policy/policy.ts'
import type { RefusalCode } from '../../domain/shared/refusals.ts'
import type { App } from './app.ts'
import { noQuery, type QuerySchema } from './query.ts'
import { accountName, resourceId } from './shapes.ts'

export { deriveId } from '../../domain/shared/derive-id.ts'

/** The validated request that a handler receives. */
export type Call<P, Q, B> = {
  app: App
  caller: Caller
  /** of the caller's product */
  policy: Policy
  params: P
  query: Q
  body: B
  /** undefined only if the route does not require one */
  idempotencyKey: string | undefined
  request: Request
}

/** The response of a handler. */
export type RouteResponse = {
  status?: number
  body?: unknown
  /** the account whose balance the Credits-… headers show; read unless `totals` are current */
  account?: { account_key: string; at: Date }
  totals?: Totals
  /** set if the response is that of an earlier request, whose `totals` are old (KV-04) */
  replayed?: boolean | undefined
  headers?: Record<string, string>
  /** writes the body itself, for responses too large for memory */
  stream?: (response: Response) => Promise<void>
}

/**
 * How a repeated POST gets its first response. `ledger`: from the command's idempotency record. `stored`: from the stored
 * response, if the request had a key. `handler`: the handler is idempotent.
 */
export type Idempotency = 'ledger' | 'stored' | 'handler'

export type Route<P = unknown, Q = unknown, B = unknown> = {
  method: 'get' | 'post' | 'put' | 'delete'
  /** with parameters in braces: /v1/accounts/{account} */
  path: string
  /** the name of the call in generated clients: a verb and what it acts on, as in reserveGeneration, listPurchases */
  operationId: string
  scope: Scope
  summary: string
  params: z.ZodType<P>
  query: QuerySchema<Q>
  body: z.ZodType<B> | null
  idempotency: Idempotency
  /** set if repeating the request without an Idempotency-Key would move credits or money again */
  requiresKey: boolean
  responses: Record<number, z.ZodType | null>
  /** the error codes that do not follow from the shape of the call (api/docs/error-codes.ts) */
  refuses: readonly RefusalCode[]
  /** alternatives to the JSON of a 200, by content type */
  alternateContent?: Record<string, z.ZodType>
  /** set if a request that ends in a 503 has no effect */
  undoneIfUnavailable?: true
  handler: (call: Call<P, Q, B>) => Promise<RouteResponse>
}

type NoQuery = z.infer<typeof noQuery>

type Endpoint = `${Route['method']} /${string}`
/** The parameters in braces of a path. */
type ParamsOf<Path> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? { [K in Name]: string } & ParamsOf<Rest>
  : unknown

type Definition<P, Q, B> = Pick<Route<P, Q, B>, 'operationId' | 'scope' | 'summary' | 'responses' | 'handler'> &
  Partial<Omit<Route<P, Q, B>, 'method' | 'path' | 'body'>> & { body?: z.ZodType<B> }

/**
 * Defines a route for Express, validation and the OpenAPI document.
 * @param endpoint such as `get /v1/accounts/{account}`
 * @param definition its `params`, if given, replace the usual schemas of accounts and ids
 */
export function route<const E extends Endpoint, P = ParamsOf<E>, Q = NoQuery, B = undefined>(
  endpoint: E,
  definition: Definition<P, Q, B>,
): Route {
  const [method, path = ''] = endpoint.split(' ')
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  return {
    method,
    path,
    idempotency: 'stored',
    requiresKey: definition.idempotency === 'ledger',
    body: null,
    refuses: [],
    params: z.object(Object.fromEntries(names.map(name => [name, name === 'account' ? accountName : resourceId]))),
    query: noQuery,
    ...definition,
  } as unknown as Route
}

/** An account of the caller's product, and its current time. @throws Refused not_found */
export async function loadAccountNow(app: App, caller: Caller, name: string): Promise<{ account: Account; at: Date }> {
  const account = await loadAccount(app.db, caller.product, name)
  return { account, at: timeOf(account, app.now()) }
}
