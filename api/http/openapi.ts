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
  return JSON.parse(JSON.stringify(document, portablePattern))
}

/**
 * The generator leaves the flags of a regular expression behind its end; those of JSON Schema are always Unicode. Control
 * characters are spelled out, because few tools know them by their class.
 */
function portablePattern(key: string, value: unknown): unknown {
  if (key !== 'pattern' || typeof value !== 'string') return value
  return value.replace(/\$\/[a-z]+$/, '$').replaceAll('\\p{Cc}', '\\x00-\\x1f\\x7f-\\x9f')
}

const JSON_TYPE = 'application/json'

const keyHeader = z.object({
  'Idempotency-Key': z
    .string()
    .describe('The same key and body again gives the first answer again, for ever.'),
})

/** A form that is JSON as well is one of two that JSON may have. */
function contentOf(shape: z.ZodType, { [JSON_TYPE]: other, ...others }: Record<string, z.ZodType>) {
  const schemas = { [JSON_TYPE]: other ? z.union([shape, other]) : shape, ...others }
  return Object.fromEntries(Object.entries(schemas).map(([type, schema]) => [type, { schema }]))
}

function describe(route: Route): RouteConfig {
  const { method, path, summary, scope, params, query, body, idempotency, alternateContent = {} } = route
  const answers = Object.entries(route.responses).map(([status, shape]) => [
    status,
    {
      description: 'Done.',
      ...(shape ? { content: contentOf(shape, status === '200' ? alternateContent : {}) } : {}),
    },
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
      ...(method === 'post' ? { headers: idempotency === 'ledger' ? keyHeader : keyHeader.partial() } : {}),
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
