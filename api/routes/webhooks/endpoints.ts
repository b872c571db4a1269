import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import {
  createEndpoint,
  deleteEndpoint,
  enableEndpoint,
  listEndpoints,
  loadEndpoint,
  setSigningKeys,
  type WebhookEndpoint,
} from '../../../db/webhooks/endpoints.ts'
import { invalidRequest } from '../../../domain/shared/refusals.ts'
import { currentVersion } from '../../../domain/shared/server-secrets.ts'
import { webhookEventTypes } from '../../../domain/webhooks/events.ts'
import { rotateKeys, webhookSecret } from '../../../domain/webhooks/secrets.ts'
import { urlError } from '../../../webhooks/url.ts'
import type { App } from '../../http/app.ts'
import { deriveId, type Route, route } from '../../http/route.ts'
import { listOf, named, resourceId, time } from '../../http/shapes.ts'
import { sendNow } from '../../temporal/webhooks.ts'

const endpointShape = named('WebhookEndpoint', {
  id: z.string(),
  url: z.string(),
  events: z.array(z.string()).nullable().describe('null: all events.'),
  state: z.enum(['enabled', 'disabled']),
  disabled_because: z.enum(['gone', 'failing']).nullable(),
  disabled_at: time.nullable(),
  created_at: time,
})

const secretShape = endpointShape.extend({
  secret: z.string().describe('Verifies signatures (Standard Webhooks). Shown once.'),
})

export const endpointParams = z.object({ id: resourceId })

export const webhookEndpointRoutes: Route[] = [
  route('post /v1/webhook-endpoints', {
    operationId: 'createWebhookEndpoint',
    scope: 'admin',
    summary: 'Create a webhook endpoint; its secret is shown once',
    body: z.strictObject({
      url: z.string().max(2000).describe('An https URL on the public internet. Redirects are not followed.'),
      events: z.array(z.enum(webhookEventTypes)).min(1).optional().describe('All events if omitted.'),
    }),
    // The secret must not be stored; repeating the request derives it again.
    idempotency: 'handler',
    responses: { 201: secretShape },
    async handler({ app, caller, body, idempotencyKey = randomUUID() }) {
      const { url, events = null } = body
      const wrong = urlError(url, app.config.webhookTargets)
      if (wrong) throw invalidRequest('url', wrong)
      const { product } = caller
      const created = await createEndpoint(app.db, {
        product,
        endpoint: deriveId('we', product, idempotencyKey),
        url,
        events,
        signing_keys: rotateKeys([], currentVersion(app.serverSecrets), app.now()),
        created_at: app.now(),
      })
      return { status: 201, body: showSecret(app, created) }
    },
  }),

  route('get /v1/webhook-endpoints', {
    operationId: 'listWebhookEndpoints',
    scope: 'admin',
    summary: 'List webhook endpoints, without their secrets',
    responses: { 200: listOf(endpointShape) },
    async handler({ app, caller }) {
      const endpoints = await listEndpoints(app.db, caller.product)
      return { body: { data: endpoints.map(show), next_cursor: null } }
    },
  }),

  route('delete /v1/webhook-endpoints/{id}', {
    operationId: 'deleteWebhookEndpoint',
    scope: 'admin',
    summary: 'Delete a webhook endpoint and its deliveries',
    responses: { 204: null },
    async handler({ app, caller, params }) {
      await deleteEndpoint(app.db, caller.product, params.id)
      return { status: 204 }
    },
  }),

  route('post /v1/webhook-endpoints/{id}/enable', {
    operationId: 'enableWebhookEndpoint',
    scope: 'admin',
    summary: 'Enable a webhook endpoint and send pending events',
    idempotency: 'handler',
    responses: { 200: endpointShape },
    async handler({ app, caller, params }) {
      const enabled = await enableEndpoint(app.db, caller.product, params.id)
      await sendNow(app, caller.product, params.id)
      return { body: show(enabled) }
    },
  }),

  route('post /v1/webhook-endpoints/{id}/rotate-secret', {
    operationId: 'rotateWebhookSecret',
    scope: 'admin',
    summary: 'Rotate the secret of a webhook endpoint; the old one stays valid for a day',
    idempotency: 'handler',
    responses: { 200: secretShape },
    async handler({ app, caller, params }) {
      const endpoint = await loadEndpoint(app.db, caller.product, params.id)
      const keys = rotateKeys(endpoint.signing_keys, currentVersion(app.serverSecrets), app.now())
      return { body: showSecret(app, await setSigningKeys(app.db, endpoint, keys)) }
    },
  }),
]

function show({ endpoint: id, url, events, disabled_at, disabled_because, created_at }: WebhookEndpoint) {
  const state = disabled_at ? 'disabled' : 'enabled'
  return { id, url, events, state, disabled_because, disabled_at, created_at }
}

function showSecret(app: App, endpoint: WebhookEndpoint) {
  const [newest] = endpoint.signing_keys
  if (!newest) throw new Error(`${endpoint.endpoint} has no signing key`)
  return { ...show(endpoint), secret: webhookSecret(app.serverSecrets, endpoint, newest) }
}
