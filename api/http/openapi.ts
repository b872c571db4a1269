import { OpenAPIRegistry, OpenApiGeneratorV31, type RouteConfig } from '@asteasolutions/zod-to-openapi'
import { z } from 'zod'
import { type Document, describeFields } from '../docs/describe-fields.ts'
import { errorCodesOf } from '../docs/error-codes.ts'
import { errorExamples, errorResponses } from '../docs/error-responses.ts'
import { guideList } from '../docs/guides.ts'
import { providerTag, tagOf, tags } from '../docs/tags.ts'
import { webhookEvents } from '../docs/webhook-events.ts'
import type { Route } from './route.ts'

/** The OpenAPI 3.1 document, generated from the schemas that validate requests. Each operation's security names its scope. */
export function openApiDocument(routes: Route[], others: RouteConfig[] = []): object {
  const registry = new OpenAPIRegistry()
  registry.registerComponent('securitySchemes', 'key', { type: 'http', scheme: 'bearer' })
  for (const [code, example] of Object.entries(errorExamples)) registry.registerComponent('examples', code, example)
  for (const path of [...routes.map(describe), ...others]) registry.registerPath(path)
  for (const event of webhookEvents) registry.registerWebhook(event)
  const document = new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Lotkeeper',
      version: '1',
      license: { name: 'MIT', identifier: 'MIT' },
      description: `Credits for products that sell AI generations. Times are ISO 8601 UTC, credits whole numbers. Send
\`Authorization: Bearer <key>\`, and an \`Idempotency-Key\` with every POST. Every [error code](/problems) has a page.

Guides:

${guideList}`,
    },
    servers: [{ url: '/', description: 'This installation.' }],
    tags: [...tags, providerTag].map(({ name, description, guide }) => ({
      name,
      description: guide ? `${description} See the [guide](/docs/guides/${guide}).` : description,
    })),
    security: [{ key: [] }],
  })
  return describeFields(JSON.parse(JSON.stringify(document, portablePattern)) as Document)
}

/**
 * Removes the regular-expression flags that the generator appends, and spells out control characters, because few tools
 * support \p{Cc}.
 */
function portablePattern(key: string, value: unknown): unknown {
  if (key !== 'pattern' || typeof value !== 'string') return value
  return value.replace(/\$\/[a-z]+$/, '$').replaceAll('\\p{Cc}', '\\x00-\\x1f\\x7f-\\x9f')
}

const JSON_TYPE = 'application/json'

const keyHeader = z.object({
  'Idempotency-Key': z
    .string()
    .meta({ description: 'Repeating a key and body returns the original response.', example: 'order-4711' }),
})

/** Alternate JSON content becomes a union with the main schema. */
function contentOf(shape: z.ZodType, { [JSON_TYPE]: other, ...others }: Record<string, z.ZodType>) {
  const schemas = { [JSON_TYPE]: other ? z.union([shape, other]) : shape, ...others }
  return Object.fromEntries(Object.entries(schemas).map(([type, schema]) => [type, { schema }]))
}

function describe(route: Route): RouteConfig {
  const { method, path, operationId, summary, scope, params, query, body, requiresKey, alternateContent = {} } = route
  const answers = Object.entries(route.responses).map(([status, shape]) => [
    status,
    {
      description: 'Success.',
      ...(shape ? { content: contentOf(shape, status === '200' ? alternateContent : {}) } : {}),
    },
  ])
  return {
    method,
    path,
    operationId,
    summary,
    tags: [tagOf(path) ?? 'Untagged'],
    description: `Scope: ${scope}.`,
    security: [{ key: [scope] }],
    request: {
      params: params as z.ZodObject,
      query: query as z.ZodObject,
      ...(method === 'post' ? { headers: requiresKey ? keyHeader : keyHeader.partial() } : {}),
      // A call without a body is read as one with {}.
      ...(body ? { body: { content: { [JSON_TYPE]: { schema: body } }, required: !body.safeParse({}).success } } : {}),
    },
    responses: {
      ...Object.fromEntries(answers),
      ...errorResponses(errorCodesOf(route)),
    },
  }
}
