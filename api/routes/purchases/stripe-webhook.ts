import type { RouteConfig } from '@asteasolutions/zod-to-openapi'
import express, { type Express, type Request } from 'express'
import { z } from 'zod'
import { isProcessed, type StripeOutcome, storeStripeEvent } from '../../../db/purchases/stripe-events.ts'
import { invalidRequest, Refused } from '../../../domain/shared/refusals.ts'
import { readStripeEvent, type StripeEvent } from '../../../payments/stripe/webhook.ts'
import { policyOf } from '../../../platform/policy-store.ts'
import type { App } from '../../http/app.ts'
import { problemShape } from '../../http/shapes.ts'
import { handlePayment } from '../../temporal/payments.ts'
import { syncSubscription } from '../../temporal/subscriptions.ts'

const BODY_LIMIT = '1mb'

/** The route in the OpenAPI document. It is no route like the others: the body counts to the byte, and no key is asked for. */
export const stripeWebhookPath: RouteConfig = {
  method: 'post',
  path: '/webhooks/stripe/{product}',
  summary: 'Takes an event of Stripe',
  description:
    'For Stripe, which signs the body with the secret of this endpoint. 2xx only once the event is safely taken; after any other answer Stripe sends it again.',
  security: [],
  request: {
    params: z.object({ product: z.string() }),
    headers: z.object({
      'Stripe-Signature': z.string().describe('As Stripe makes it; valid for five minutes.'),
    }),
    body: {
      content: {
        'application/json': { schema: z.looseObject({ id: z.string(), type: z.string() }) },
      },
    },
  },
  responses: {
    200: {
      description: 'Taken.',
      content: { 'application/json': { schema: z.object({ received: z.literal(true) }) } },
    },
    default: {
      description: 'Refused; code says why.',
      content: { 'application/problem+json': { schema: problemShape } },
    },
  },
}

/**
 * POST /webhooks/stripe/{product}: takes Stripe's events by their signature, over the body to the byte. It answers 2xx
 * once Temporal has taken what the event means, or when it means nothing here; Stripe sends again after anything else.
 */
export function stripeWebhook(http: Express, app: App): void {
  const raw = express.raw({ type: () => true, limit: BODY_LIMIT })
  http.post('/webhooks/stripe/:product', raw, async (request, response) => {
    const product = policyOf(app.policies, String(request.params.product)).product
    const event = readEvent(app, product, request)
    if (!(await isProcessed(app.db, product, event.id)))
      await storeStripeEvent(app.db, product, event, await handleEvent(app, product, event))
    response.json({ received: true })
  })
}

function readEvent(app: App, product: string, request: Request): StripeEvent {
  const secret = stripeWebhookSecret(app, product)
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const event = readStripeEvent(body, request.get('stripe-signature'), secret, app.now())
  if (app.production && !event.livemode)
    throw invalidRequest('livemode', 'must be true in production, where test events do not count')
  return event
}

/** By which Stripe signs the events of a product. @throws Refused not_configured */
export function stripeWebhookSecret(app: App, product: string): string {
  const name = product.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')
  const secret = app.stripeWebhookSecrets[name] ?? app.stripeWebhookSecrets['']
  if (secret) return secret
  throw new Refused({ code: 'not_configured', detail: `STRIPE_WEBHOOK_SECRET_${name} is not set.` })
}

async function handleEvent(app: App, product: string, event: StripeEvent): Promise<StripeOutcome> {
  if (event.subscription !== null) return syncSubscription(app, product, event.subscription)
  return event.payment === null
    ? 'nothing_to_do'
    : handlePayment(app, product, { ...event, payment: event.payment })
}
