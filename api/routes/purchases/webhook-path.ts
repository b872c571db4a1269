import type { RouteConfig } from '@asteasolutions/zod-to-openapi'
import { z } from 'zod'
import type { RefusalCode } from '../../../domain/shared/refusals.ts'
import { errorResponses } from '../../docs/error-responses.ts'
import { providerTag } from '../../docs/tags.ts'

const ERRORS: RefusalCode[] = [
  'unauthorized',
  'not_found',
  'not_configured',
  'payload_too_large',
  'invalid_request',
  'internal_error',
  'temporarily_unavailable',
]

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
      ...errorResponses(ERRORS),
    },
  }
}
