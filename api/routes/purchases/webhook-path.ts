import type { RouteConfig } from '@asteasolutions/zod-to-openapi'
import { z } from 'zod'
import { problemShape } from '../../http/shapes.ts'

/** The OpenAPI entry of a payment provider's webhook, which needs no API key. */
export function webhookPath(
  provider: 'stripe' | 'gumroad',
  { request, ...texts }: Pick<RouteConfig, 'summary' | 'description' | 'request'>,
): RouteConfig {
  return {
    method: 'post',
    path: `/webhooks/${provider}/{product}`,
    ...texts,
    tags: ['Payment providers'],
    security: [],
    request: { params: z.object({ product: z.string() }), ...request },
    responses: {
      200: {
        description: 'Stored.',
        content: { 'application/json': { schema: z.object({ received: z.literal(true) }) } },
      },
      default: {
        description: 'Error; see code.',
        content: { 'application/problem+json': { schema: problemShape } },
      },
    },
  }
}
