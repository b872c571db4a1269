import express, { type Express, type Request } from 'express'
import { invalidRequest, Refused } from '../../credits/refusals.ts'
import { rememberStripeEvent, type StripeOutcome, wasTaken } from '../../ledger/stripe-events.ts'
import { readStripeEvent, type StripeEvent } from '../../payments/stripe-webhook.ts'
import { policyOf } from '../../policy-files.ts'
import type { App } from '../app.ts'
import { followSubscription } from '../subscription-client.ts'

const BODY_LIMIT = '1mb'

/**
 * POST /webhooks/stripe/{product}: takes Stripe's events by their signature, over the body to the byte. It answers 2xx
 * once Temporal has taken what the event means, or when it means nothing here; Stripe sends again after anything else.
 */
export function stripeWebhook(http: Express, app: App): void {
  const raw = express.raw({ type: () => true, limit: BODY_LIMIT })
  http.post('/webhooks/stripe/:product', raw, async (request, response) => {
    const product = policyOf(app.policies, String(request.params.product)).product
    const event = readEvent(app, product, request)
    if (!(await wasTaken(app.book, product, event.id)))
      await rememberStripeEvent(app.book, product, event, await take(app, product, event))
    response.json({ received: true })
  })
}

function readEvent(app: App, product: string, request: Request): StripeEvent {
  const name = product.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')
  const secret = app.stripeWebhookSecrets[name] ?? app.stripeWebhookSecrets['']
  if (!secret)
    throw new Refused({ code: 'not_configured', detail: `STRIPE_WEBHOOK_SECRET_${name} is not set.` })
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const event = readStripeEvent(body, request.get('stripe-signature'), secret, app.now())
  if (app.production && !event.livemode)
    throw invalidRequest('livemode', 'must be true in production, where test events do not count')
  return event
}

async function take(app: App, product: string, event: StripeEvent): Promise<StripeOutcome> {
  return event.subscription === null ? 'nothing_to_do' : followSubscription(app, product, event.subscription)
}
