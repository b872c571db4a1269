import { z } from 'zod'
import { parseRequest } from '../../domain/shared/parse.ts'
import { invalidRequests } from '../../domain/shared/refusals.ts'

/** The query parameters of a route. */
export type QuerySchema<Q> = z.ZodType<Q> & Pick<z.ZodObject, 'shape'>

/** For routes without query parameters. */
export const noQuery = z.object({})

/** Parses the query parameters of a call. @throws Refused invalid_request */
export function parseQuery<Q>(schema: QuerySchema<Q>, query: unknown): Q {
  refuseUnknownParameters(Object.keys(schema.shape), query as object)
  return parseRequest(schema, query)
}

/**
 * An answer that ignored a filter would look like a filtered one.
 * @throws Refused invalid_request naming each unknown parameter, and the known ones
 */
export function refuseUnknownParameters(known: string[], query: object): void {
  const unknown = Object.keys(query).filter(name => !known.includes(name))
  if (unknown.length === 0) return
  const hint = known.length > 0 ? `this call has ${known.join(', ')}` : 'this call has none'
  throw invalidRequests(unknown.map(path => ({ path, message: `is not a query parameter; ${hint}` })))
}
