import { randomUUID } from 'node:crypto'
import express, { type Express, type Request } from 'express'
import type { Purchase } from '../../../domain/purchases/purchase.ts'
import { invalidRequest, Refused } from '../../../domain/shared/refusals.ts'
import { signAsStripe } from '../../../payments/stripe/webhook.ts'
import { policyOf } from '../../../platform/policy-store.ts'
import type { App } from '../../http/app.ts'
import { isSimulated, loadPurchase } from '../../temporal/purchases.ts'
import { stripeWebhookSecret } from './stripe-webhook.ts'
import { donePage, possibleEvents, type SimulatedEvent, testCheckoutPage } from './test-checkout-page.ts'
import { testPing } from './test-pings.ts'

/**
 * /test-checkout/{product}/{purchase}: plays Stripe or Gumroad where they are not configured, outside production. What is
 * chosen there becomes a signed event of Stripe, or a ping of Gumroad, and is sent to our own webhook like any other.
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
    const act = possibleEvents(status).find(name => name === request.body?.act)
    if (!act) throw invalidRequest('act', `must be one of ${possibleEvents(status).join(', ') || '(none)'}`)
    if (status.provider === 'gumroad')
      await ping(app, request, product, testPing(act, purchase, status, pageOf(app, product, status)))
    else for (const event of eventsOf(act, purchase, status)) await send(app, request, product, event)
    response.redirect(303, `/test-checkout/${encodeURIComponent(product)}/${encodeURIComponent(purchase)}`)
  })
}

/** @throws Refused not_found, also where its provider is not played */
async function loadSimulatedPurchase(app: App, product: string, id: string): Promise<Purchase> {
  const { status } = await loadPurchase(app, policyOf(app.policies, product).product, id)
  if (isSimulated(app, status.provider)) return status
  throw new Refused({ code: 'not_found', detail: 'This purchase is not paid on a test page.' })
}

function pageOf({ policies }: App, product: string, { pack }: Purchase): string {
  return policyOf(policies, product).packs[pack]?.gumroad ?? pack
}

type Wire = Record<string, unknown>

function eventsOf(act: SimulatedEvent, id: string, purchase: Purchase): Wire[] {
  const money = { currency: purchase.currency.toLowerCase(), livemode: false }
  const payment_intent = `pi_test_${id}`
  const charge = `ch_test_${id}`
  const session = (fields: Wire): Wire => ({
    id: `cs_test_${id}`,
    object: 'checkout.session',
    mode: 'payment',
    amount_total: purchase.amount,
    client_reference_id: id,
    metadata: { purchase: id },
    payment_intent,
    ...money,
    ...fields,
  })
  const dispute = (status: string): Wire => ({
    id: `du_test_${id}`,
    object: 'dispute',
    amount: purchase.amount,
    charge,
    payment_intent,
    status,
    ...money,
  })
  switch (act) {
    case 'pay':
      return [event('checkout.session.completed', session({ status: 'complete', payment_status: 'paid' }))]
    case 'fail':
      return [
        event(
          'checkout.session.async_payment_failed',
          session({ status: 'complete', payment_status: 'unpaid' }),
        ),
      ]
    case 'expire':
      return [event('checkout.session.expired', session({ status: 'expired', payment_status: 'unpaid' }))]
    case 'refund':
      return [
        event('charge.refunded', {
          id: charge,
          object: 'charge',
          amount: purchase.amount,
          amount_captured: purchase.amount,
          amount_refunded: purchase.amount,
          captured: true,
          metadata: { purchase: id },
          paid: true,
          payment_intent,
          ...money,
        }),
      ]
    case 'dispute':
      return [event('charge.dispute.created', dispute('needs_response'))]
    case 'win':
      return [event('charge.dispute.closed', dispute('won'))]
    case 'lose':
      return [event('charge.dispute.closed', dispute('lost'))]
  }
}

function event(type: string, object: Wire): Wire {
  return {
    id: `evt_test_${randomUUID()}`,
    object: 'event',
    type,
    created: Math.floor(Date.now() / 1000),
    livemode: false,
    data: { object },
  }
}

async function send(app: App, request: Request, product: string, body: Wire): Promise<void> {
  const payload = JSON.stringify(body)
  const secret = stripeWebhookSecret(app, product)
  const signature = signAsStripe(payload, secret, app.now())
  await post(request, `/webhooks/stripe/${product}`, {
    headers: { 'Content-Type': 'application/json', 'Stripe-Signature': signature },
    body: payload,
  })
}

async function ping(app: App, request: Request, product: string, body: URLSearchParams): Promise<void> {
  const secret = encodeURIComponent(app.gumroadWebhookSecret ?? '')
  await post(request, `/webhooks/gumroad/${product}?secret=${secret}`, { body })
}

async function post(request: Request, path: string, content: RequestInit): Promise<void> {
  const { localPort, localAddress = '' } = request.socket
  const host = localAddress.includes(':') ? `[${localAddress}]` : localAddress
  const answer = await fetch(`http://${host}:${localPort}${path}`, { method: 'POST', ...content })
  if (!answer.ok)
    throw new Refused({ code: 'temporarily_unavailable', detail: `The webhook answered ${answer.status}.` })
}
