import type { RouteConfig } from '@asteasolutions/zod-to-openapi'
import { z } from 'zod'
import { providerTag } from '../../docs/tags.ts'
import { problemShape } from '../../http/shapes.ts'

/** The OpenAPI entry of a payment provider's webhook, which needs no API key. */
export function webhookPath(
  provider: 'stripe' | 'gumroad',
  { request, ...texts }: Pick<RouteConfig, 'summary' | 'description' | 'request'>,
): RouteConfig {
  return {
    method: 'post',
    path: `/webhooks/${provider}/{product}`,
    operationId: provider === 'stripe' ? 'receiveStripeEvent' : 'receiveGumroadPing',
    ...texts,
    tags: [providerTag.name],
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
