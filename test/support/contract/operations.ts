import { type Scope, scopes } from '../../../db/accounts/api-keys.ts'

type Schema = Record<string, any>

/** One operation of the OpenAPI document. */
export type Operation = {
  /** `post /v1/accounts/{account}/grants` */
  name: string
  method: string
  /** the smallest sufficient scope; null where no key is needed */
  scope: Scope | null
  /** names of the parameters by their place */
  parameters: { path: string[]; query: string[] }
  /** schema of the body; null where there is none */
  body: Schema | null
  /** the statuses of its successes */
  successes: number[]
}

/** The operations in the OpenAPI document of a running server. */
export async function operationsOf(url: string): Promise<Operation[]> {
  const { paths }: any = await (await fetch(`${url}/openapi.json`)).json()
  return Object.entries<Schema>(paths).flatMap(([path, methods]) =>
    Object.entries<Schema>(methods).map(([method, { security, parameters = [], requestBody, responses }]) => {
      const named = (place: string) =>
        parameters.filter((each: Schema) => each.in === place).map((each: Schema) => each.name)
      return {
        name: `${method} ${path}`,
        method,
        scope: security.flatMap(({ key }: { key: Scope[] }) => key)[0] ?? null,
        parameters: { path: named('path'), query: named('query') },
        body: requestBody?.content['application/json']?.schema ?? null,
        successes: Object.keys(responses)
          .map(Number)
          .filter(status => status < 400),
      }
    }),
  )
}

/** The scopes below a scope. */
export function scopesBelow(scope: Scope): Scope[] {
  return scopes.slice(0, scopes.indexOf(scope))
}
