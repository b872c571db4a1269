import type { Request, Response } from 'express'
import { z } from 'zod'
import type { Caller, Scope } from '../../db/accounts/api-keys.ts'
import type { Totals } from '../../db/core/command.ts'
import type { App } from './app.ts'

/** The validated request that a handler receives. */
export type Call<P, Q, B> = {
  app: App
  caller: Caller
  params: P
  query: Q
  body: B
  /** undefined only if the route does not require one */
  idempotencyKey: string | undefined
  request: Request
}

/** The response of a handler; `totals` become the Credits-… headers. */
export type RouteResponse = {
  status?: number
  body?: unknown
  totals?: Totals
  replayed?: boolean
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
  scope: Scope
  summary: string
  params: z.ZodType<P>
  query: z.ZodType<Q>
  body: z.ZodType<B> | null
  idempotency: Idempotency
  /** set if repeating the request without an Idempotency-Key would move credits or money again */
  requiresKey: boolean
  responses: Record<number, z.ZodType | null>
  /** alternatives to the JSON of a 200, by content type */
  alternateContent?: Record<string, z.ZodType>
  /** set if a request that ends in a 503 has no effect */
  undoneIfUnavailable?: true
  handler: (call: Call<P, Q, B>) => Promise<RouteResponse>
}

const empty = z.object({})
type Empty = z.infer<typeof empty>

type Definition<P, Q, B> = Pick<Route<P, Q, B>, 'method' | 'path' | 'scope' | 'summary' | 'responses' | 'handler'> & {
  params?: z.ZodType<P>
  query?: z.ZodType<Q>
  body?: z.ZodType<B>
  idempotency?: Idempotency
  requiresKey?: boolean
  alternateContent?: Route['alternateContent']
  undoneIfUnavailable?: true
}

/** Defines a route for Express, validation and the OpenAPI document. */
export function route<P = Empty, Q = Empty, B = undefined>(definition: Definition<P, Q, B>): Route {
  return {
    idempotency: 'stored',
    requiresKey: definition.idempotency === 'ledger',
    body: null,
    params: empty,
    query: empty,
    ...definition,
  } as unknown as Route
}
