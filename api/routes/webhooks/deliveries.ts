import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { addTestEvent, listDeliveries, redeliver } from '../../../db/webhooks/deliveries.ts'
import { loadEndpoint } from '../../../db/webhooks/endpoints.ts'
import { deriveId, type Route, route } from '../../http/route.ts'
import { listOf, named, page, time } from '../../http/shapes.ts'
import { sendNow } from '../../temporal/webhooks.ts'
import { endpointParams } from './endpoints.ts'

const states = z.enum(['pending', 'delivered', 'failed'])

const deliveryShape = named('WebhookDelivery', {
  id: z.string(),
  event: z.string().describe('The webhook-id header, by which receivers detect duplicates.'),
  type: z.string(),
  state: states,
  attempts: z.int(),
  last_outcome: z.string().nullable(),
  last_attempt_at: time.nullable(),
  next_attempt_at: time.nullable(),
})

const deliveryId = z.string().regex(/^\d{1,18}$/, 'must be the id of a delivery')

export const webhookDeliveryRoutes: Route[] = [
  route('post /v1/webhook-endpoints/{id}/test', {
    operationId: 'testWebhookEndpoint',
    scope: 'admin',
    summary: 'Send a test event to a webhook endpoint',
    idempotency: 'handler',
    responses: { 201: deliveryShape },
    async handler({ app, caller, params, idempotencyKey = randomUUID() }) {
      const { product, endpoint } = await loadEndpoint(app.db, caller.product, params.id)
      const event = deriveId('evt', product, endpoint, idempotencyKey)
      const delivery = await addTestEvent(app.db, { product, endpoint }, event, app.now())
      await sendNow(app, product, endpoint)
      return { status: 201, body: delivery }
    },
  }),

  route('get /v1/webhook-endpoints/{id}/deliveries', {
    operationId: 'listWebhookDeliveries',
    scope: 'admin',
    summary: 'List the deliveries of the last thirty days, newest first',
    query: page.extend({ cursor: deliveryId.optional(), state: states.optional() }),
    responses: { 200: listOf(deliveryShape) },
    async handler({ app, caller, params, query }) {
      const endpoint = await loadEndpoint(app.db, caller.product, params.id)
      return { body: await listDeliveries(app.db, endpoint, query) }
    },
  }),

  route('post /v1/webhook-endpoints/{id}/deliveries/{delivery}/redeliver', {
    operationId: 'redeliverWebhook',
    scope: 'admin',
    summary: 'Redeliver an event, with attempts for three more days',
    params: endpointParams.extend({ delivery: deliveryId }),
    idempotency: 'handler',
    responses: { 200: deliveryShape },
    async handler({ app, caller, params }) {
      const ref = { product: caller.product, endpoint: params.id }
      const delivery = await redeliver(app.db, ref, params.delivery)
      await sendNow(app, caller.product, params.id)
      return { body: delivery }
    },
  }),
]
