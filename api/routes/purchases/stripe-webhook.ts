import express, { type Express, type Request, type RequestHandler } from 'express'
import { z } from 'zod'
import { findPaidMembership } from '../../../db/memberships/references.ts'
import { isProcessed, type StripeOutcome, storeStripeEvent } from '../../../db/purchases/stripe-events.ts'
import { invalidRequest, Refused } from '../../../domain/shared/refusals.ts'
import { stripeEventTypes } from '../../../payments/stripe/event-types.ts'
import { withInvoicePayments } from '../../../payments/stripe/invoice-payments.ts'
import { readStripeEvent, type StripeEvent } from '../../../payments/stripe/webhook.ts'
import { policyOf } from '../../../platform/policy-store.ts'
import type { App } from '../../http/app.ts'
import { handlePayment } from '../../temporal/payments.ts'
import { syncSubscription } from '../../temporal/subscriptions.ts'
import { webhookPath } from './webhook-path.ts'

const BODY_LIMIT = '1mb'

export const stripeWebhookPath = webhookPath('stripe', {
  summary: 'Receive a Stripe event',
  description: `Called by Stripe, which signs the body with the endpoint's secret. Returns 2xx once the event is stored; Stripe retries otherwise. Enable ${stripeEventTypes.join(', ')}.`,
  request: {
    headers: z.object({
      'Stripe-Signature': z.string().describe("Stripe's signature; valid for five minutes."),
    }),
    body: {
      content: {
        'application/json': { schema: z.looseObject({ id: z.string(), type: z.string() }) },
      },
    },
  },
})

/** POST /webhooks/stripe/{product}: verifies the signature over the raw body, then stores and applies the event. */
export function stripeWebhook(http: Express, app: App, pendingBodies: RequestHandler): void {
  const raw = express.raw({ type: () => true, limit: BODY_LIMIT })
  http.post('/webhooks/stripe/:product', pendingBodies, raw, async (request, response) => {
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
  if (app.production && !event.livemode) throw invalidRequest('livemode', 'must be true in production')
  return event
}

/** The signing secret of a product's endpoint. @throws Refused not_configured */
export function stripeWebhookSecret(app: App, product: string): string {
  const name = product.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')
  const secret = app.stripeWebhookSecrets[name] ?? app.stripeWebhookSecrets['']
  if (secret) return secret
  throw new Refused({
    code: 'not_configured',
    detail: `Set STRIPE_WEBHOOK_SECRET_${name} or STRIPE_WEBHOOK_SECRET.`,
  })
}

async function handleEvent(app: App, product: string, event: StripeEvent): Promise<StripeOutcome> {
  if (!stripeEventTypes.includes(event.type)) return 'nothing_to_do'
  const subscription = event.subscription ?? (await findPaidMembership(app.db, product, event))?.subscription ?? null
  if (subscription !== null) return syncSubscription(app, product, subscription)
  if (event.payment === null) return 'nothing_to_do'
  const payment = await withInvoicePayments(event.payment, app.stripe?.paymentsOf)
  return handlePayment(app, product, { ...event, payment })
}
