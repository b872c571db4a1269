import { OpenAPIRegistry, OpenApiGeneratorV31, type RouteConfig } from '@asteasolutions/zod-to-openapi'
import { z } from 'zod'
import type { Route } from './route.ts'
import { problemShape } from './shapes.ts'

/** The OpenAPI 3.1 document, generated from the schemas that validate requests. A call's security names its scope. */
export function openApiDocument(routes: Route[], webhooks: RouteConfig[] = []): object {
  const registry = new OpenAPIRegistry()
  registry.registerComponent('securitySchemes', 'key', { type: 'http', scheme: 'bearer' })
  for (const path of [...routes.map(describe), ...webhooks]) registry.registerPath(path)
  const document = new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Lotkeeper',
      version: '1',
      description:
        'Credits for products that sell AI generations. Times are ISO 8601 UTC, credits whole numbers.',
    },
    security: [{ key: [] }],
  })
  return JSON.parse(JSON.stringify(document, patternWithoutFlags))
}

/** The generator leaves the flags of a regular expression behind its end; those of JSON Schema are always Unicode. */
function patternWithoutFlags(key: string, value: unknown): unknown {
  return key === 'pattern' && typeof value === 'string' ? value.replace(/\$\/[a-z]+$/, '$') : value
}

const keyHeader = z.object({
  'Idempotency-Key': z
    .string()
    .describe('The same key and body again gives the first answer again, for ever.'),
})

function describe(route: Route): RouteConfig {
  const { method, path, summary, scope, params, query, body, memory } = route
  const answers = Object.entries(route.answers).map(([status, shape]) => [
    status,
    { description: 'Done.', ...(shape ? { content: { 'application/json': { schema: shape } } } : {}) },
  ])
  return {
    method,
    path,
    summary,
    description: `Scope: ${scope}.`,
    security: [{ key: [scope] }],
    request: {
      params: params as z.ZodObject,
      query: query as z.ZodObject,
      ...(method === 'post' ? { headers: memory === 'book' ? keyHeader : keyHeader.partial() } : {}),
      ...(body ? { body: { content: { 'application/json': { schema: body } } } } : {}),
    },
    responses: {
      ...Object.fromEntries(answers),
      default: {
        description: 'Refused; code says why.',
        content: { 'application/problem+json': { schema: problemShape } },
      },
    },
  }
}
