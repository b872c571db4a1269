import express, { type Express, type Request } from 'express'
import type { Purchase } from '../../../domain/purchases/purchase.ts'
import { invalidRequest, Refused } from '../../../domain/shared/refusals.ts'
import { signAsStripe } from '../../../payments/stripe/webhook.ts'
import { policyOf } from '../../../platform/policy-store.ts'
import type { App } from '../../http/app.ts'
import { isSimulated, loadPurchase } from '../../temporal/purchases.ts'
import { simulatedPing } from './simulated-ping.ts'
import { simulatedStripeEvent } from './simulated-stripe-event.ts'
import { stripeWebhookSecret } from './stripe-webhook.ts'
import { donePage, possibleEvents, testCheckoutPage } from './test-checkout-page.ts'

/**
 * /test-checkout/{product}/{purchase}: simulates Stripe or Gumroad if they are not configured, outside production. Each
 * choice is sent to our own webhook as a signed Stripe event or a Gumroad ping.
 */
export function testCheckout(http: Express, app: App): void {
  http.get('/checkout/done', (_request, response) => void response.type('html').send(donePage))
  if (app.production) return
  const path = '/test-checkout/:product/:purchase'
  http.get(path, async (request, response) => {
    const { product, purchase } = request.params
    const status = await loadSimulatedPurchase(app, product, purchase)
    response.type('html').send(testCheckoutPage(purchase, status))
  })
  http.post(path, express.urlencoded({ extended: false, limit: '1kb' }), async (request, response) => {
    const [product, purchase] = [String(request.params.product), String(request.params.purchase)]
    const status = await loadSimulatedPurchase(app, product, purchase)
    const possible = possibleEvents(status)
    const event = possible.find(name => name === request.body?.event)
    if (!event) throw invalidRequest('event', `must be one of ${possible.join(', ') || '(none)'}`)
    if (status.provider === 'gumroad')
      await sendPing(app, request, product, simulatedPing(event, purchase, status, pageOf(app, product, status)))
    else await sendStripeEvent(app, request, product, simulatedStripeEvent(event, purchase, status))
    response.redirect(303, `/test-checkout/${encodeURIComponent(product)}/${encodeURIComponent(purchase)}`)
  })
}

/** @throws Refused not_found, also if its provider is not simulated */
async function loadSimulatedPurchase(app: App, product: string, id: string): Promise<Purchase> {
  const { status } = await loadPurchase(app, policyOf(app.policies, product).product, id)
  if (isSimulated(app, status.provider)) return status
  throw new Refused({ code: 'not_found', detail: 'This purchase has no test checkout.' })
}

function pageOf({ policies }: App, product: string, { pack }: Purchase): string {
  return policyOf(policies, product).packs[pack]?.gumroad ?? pack
}

async function sendStripeEvent(app: App, request: Request, product: string, event: object): Promise<void> {
  const payload = JSON.stringify(event)
  const signature = signAsStripe(payload, stripeWebhookSecret(app, product), app.now())
  await post(request, `/webhooks/stripe/${product}`, {
    headers: { 'Content-Type': 'application/json', 'Stripe-Signature': signature },
    body: payload,
  })
}

async function sendPing(app: App, request: Request, product: string, body: URLSearchParams): Promise<void> {
  const secret = encodeURIComponent(app.gumroadWebhookSecret ?? '')
  await post(request, `/webhooks/gumroad/${product}?secret=${secret}`, { body })
}

async function post(request: Request, path: string, content: RequestInit): Promise<void> {
  const { localPort, localAddress = '' } = request.socket
  const host = localAddress.includes(':') ? `[${localAddress}]` : localAddress
  const { ok, status } = await fetch(`http://${host}:${localPort}${path}`, { method: 'POST', ...content })
  if (!ok) throw new Refused({ code: 'temporarily_unavailable', detail: `The webhook returned ${status}.` })
}
