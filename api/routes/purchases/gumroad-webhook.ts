import { createHash, timingSafeEqual } from 'node:crypto'
import type { RouteConfig } from '@asteasolutions/zod-to-openapi'
import express, { type Express, type Request } from 'express'
import { z } from 'zod'
import { invalidRequest, Refused } from '../../../domain/shared/refusals.ts'
import { type GumroadPing, readPing, saleToPaymentEvent } from '../../../payments/gumroad/ping.ts'
import { policyOf } from '../../../platform/policy-store.ts'
import type { App } from '../../http/app.ts'
import { problemShape } from '../../http/shapes.ts'
import { handleSale } from '../../temporal/gumroad.ts'

const BODY_LIMIT = '256kb'

/** The route in the OpenAPI document: a form, and no key is asked for. */
export const gumroadWebhookPath: RouteConfig = {
  method: 'post',
  path: '/webhooks/gumroad/{product}',
  summary: 'Takes a ping of Gumroad',
  description:
    'For Gumroad, which signs nothing: the address carries a secret, and where a token is configured Gumroad itself is asked for the sale. 2xx only once it is safely taken; after any other answer Gumroad sends it again.',
  security: [],
  request: {
    params: z.object({ product: z.string() }),
    query: z.object({ secret: z.string().optional().describe('GUMROAD_WEBHOOK_SECRET.') }),
    body: {
      content: { 'application/x-www-form-urlencoded': { schema: z.looseObject({ sale_id: z.string() }) } },
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

/** POST /webhooks/gumroad/{product}: nothing is granted on a ping that neither its secret nor Gumroad vouches for. */
export function gumroadWebhook(http: Express, app: App): void {
  const raw = express.text({ type: () => true, limit: BODY_LIMIT })
  http.post('/webhooks/gumroad/:product', raw, async (request, response) => {
    const { product } = policyOf(app.policies, String(request.params.product))
    requireSecret(app, request)
    const ping = readPing(typeof request.body === 'string' ? request.body : '')
    if (app.production && ping.is_test)
      throw invalidRequest('test', 'must not be true in production, where test sales do not count')
    const sale = await vouchedFor(app, ping)
    await handleSale(app, product, { ...sale, news: saleToPaymentEvent(sale) }, ping.purchase)
    response.json({ received: true })
  })
}

function requireSecret({ gumroadWebhookSecret: secret, gumroad }: App, request: Request): void {
  if (secret === null && gumroad) return
  if (secret === null)
    throw new Refused({
      code: 'not_configured',
      detail: 'Neither GUMROAD_TOKEN nor GUMROAD_WEBHOOK_SECRET is set.',
    })
  const given = typeof request.query.secret === 'string' ? request.query.secret : ''
  if (!timingSafeEqual(digestOf(given), digestOf(secret)))
    throw new Refused({ code: 'unauthorized', detail: 'The secret in the address is wrong.' })
}

/** The sale as Gumroad has it, where it can be asked; else as the ping has it. @throws Refused invalid_request */
async function vouchedFor({ gumroad }: App, ping: GumroadPing) {
  if (!gumroad) return ping.sale
  const sale = await gumroad.sale(ping.sale.id)
  if (sale) return sale
  throw invalidRequest('sale_id', 'is no sale that Gumroad knows')
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
