import type { Request, Response } from 'express'
import { z } from 'zod'
import type { Caller, Scope } from '../../db/accounts/api-keys.ts'
import type { Totals } from '../../db/core/command.ts'
import type { App } from './app.ts'

/** What a handler is given: everything checked by the route's schemas. */
export type Call<P, Q, B> = {
  app: App
  caller: Caller
  params: P
  query: Q
  body: B
  /** unset only where the route does not require it and the caller sent none */
  idempotencyKey: string | undefined
  request: Request
}

/** What a handler answers; `totals` become the Credits-… headers. */
export type RouteResponse = {
  status?: number
  body?: unknown
  totals?: Totals
  replayed?: boolean
  headers?: Record<string, string>
  /** writes the body itself, for answers too long to hold */
  stream?: (response: Response) => Promise<void>
}

/**
 * How a POST remembers its first answer. `book`: the act's own key in the ledger is the memory, and the route requires
 * an Idempotency-Key. `answers`: the answer is stored where a key was sent. `self`: the handler sees to it.
 */
export type Idempotency = 'ledger' | 'stored' | 'handler'

export type Route<P = unknown, Q = unknown, B = unknown> = {
  method: 'get' | 'post' | 'put' | 'delete'
  /** as in API.md: /v1/accounts/{account} */
  path: string
  scope: Scope
  summary: string
  params: z.ZodType<P>
  query: z.ZodType<Q>
  body: z.ZodType<B> | null
  idempotency: Idempotency
  responses: Record<number, z.ZodType | null>
  /** other forms of what is answered with 200, by content type */
  alternateContent?: Record<string, z.ZodType>
  handler: (call: Call<P, Q, B>) => Promise<RouteResponse>
}

const nothing = z.object({})
type Nothing = z.infer<typeof nothing>

type Definition<P, Q, B> = Pick<
  Route<P, Q, B>,
  'method' | 'path' | 'scope' | 'summary' | 'responses' | 'handler'
> & {
  params?: z.ZodType<P>
  query?: z.ZodType<Q>
  body?: z.ZodType<B>
  idempotency?: Idempotency
  alternateContent?: Route['alternateContent']
}

/** Defines a route once, for Express, for validation and for the OpenAPI document. */
export function route<P = Nothing, Q = Nothing, B = undefined>(definition: Definition<P, Q, B>): Route {
  return {
    idempotency: 'stored',
    body: null,
    params: nothing,
    query: nothing,
    ...definition,
  } as unknown as Route
}
