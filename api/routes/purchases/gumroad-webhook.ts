import { createHash, timingSafeEqual } from 'node:crypto'
import express, { type Express, type Request, type RequestHandler } from 'express'
import { z } from 'zod'
import { invalidRequest, Refused } from '../../../domain/shared/refusals.ts'
import { followGift } from '../../../payments/gumroad/gifts.ts'
import { type GumroadPing, readPing, saleToPaymentEvent } from '../../../payments/gumroad/ping.ts'
import { policyOf } from '../../../platform/policy-store.ts'
import type { App } from '../../http/app.ts'
import { handleSale } from '../../temporal/gumroad.ts'
import { webhookPath } from './webhook-path.ts'

const BODY_LIMIT = '256kb'

export const gumroadWebhookPath = webhookPath('gumroad', {
  summary: 'Receive a Gumroad ping',
  description:
    'Called by Gumroad. Pings are unsigned, so the URL carries a secret, and with GUMROAD_TOKEN each sale is verified with the Gumroad API. Returns 2xx once the ping is stored; Gumroad retries after 500, 502, 503 and 504, three times.',
  request: {
    query: z.object({ secret: z.string().optional().describe('GUMROAD_WEBHOOK_SECRET.') }),
    body: {
      content: { 'application/x-www-form-urlencoded': { schema: z.looseObject({ sale_id: z.string() }) } },
    },
  },
})

/** POST /webhooks/gumroad/{product}: accepts pings verified by the secret or the Gumroad API. */
export function gumroadWebhook(http: Express, app: App, pendingBodies: RequestHandler): void {
  const raw = express.text({ type: () => true, limit: BODY_LIMIT })
  const known: RequestHandler = (request, _response, next) => {
    policyOf(app.policies, String(request.params.product))
    requireSecret(app, request)
    next()
  }
  http.post('/webhooks/gumroad/:product', known, pendingBodies, raw, async (request, response) => {
    const { product } = policyOf(app.policies, String(request.params.product))
    const ping = readPing(typeof request.body === 'string' ? request.body : '')
    if (app.production && ping.is_test) throw invalidRequest('test', 'must not be true in production')
    const sale = await verifySale(app, ping)
    await handleSale(app, product, { ...sale, event: saleToPaymentEvent(sale) }, ping.purchase)
    response.json({ received: true })
  })
}

function requireSecret({ gumroadWebhookSecret: secret, gumroad }: App, request: Request): void {
  if (secret === null && gumroad) return
  if (secret === null)
    throw new Refused({
      code: 'not_configured',
      detail: 'Set GUMROAD_TOKEN or GUMROAD_WEBHOOK_SECRET.',
    })
  const given = typeof request.query.secret === 'string' ? request.query.secret : ''
  if (!timingSafeEqual(digestOf(given), digestOf(secret)))
    throw new Refused({ code: 'unauthorized', detail: 'The secret in the URL is wrong.' })
}

/**
 * The sale from the Gumroad API if a token is configured, otherwise from the ping. The API does not show the price of a gift,
 * so that comes from the ping, if its secret was checked.
 * @throws Refused invalid_request
 */
async function verifySale({ gumroad, gumroadWebhookSecret: secret }: App, ping: GumroadPing) {
  if (!gumroad) return ping.sale
  const found = await gumroad.sale(ping.sale.id)
  if (!found) throw invalidRequest('sale_id', 'is unknown to Gumroad')
  if (found.is_giver) return followGift(gumroad, found)
  const sale = { ...found, is_preorder: found.is_preorder || ping.sale.is_preorder }
  return sale.is_gift && secret !== null ? { ...sale, price: ping.sale.price } : sale
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
