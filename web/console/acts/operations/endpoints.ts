import type { WebhookEndpoint } from '@lotkeeper/client'
import { texts } from '../../texts/index.ts'
import { type Act, textOf } from '../act.ts'
import type { Desk } from '../desk.ts'

const t = texts.operations

/** Adds a webhook endpoint for all events. Its secret is shown once. */
export function addEndpoint({ calls }: Desk): Act {
  return {
    button: t.new_endpoint,
    title: t.new_endpoint_title,
    fields: [{ name: 'url', label: t.url }],
    reason: 'none',
    preview: values => ({ effects: [{ what: textOf(values, 'url'), after: t.endpoint_receives }] }),
    async run(values, idempotencyKey) {
      const body = { url: textOf(values, 'url') }
      const { secret } = await calls.post('/v1/webhook-endpoints', { body, idempotencyKey })
      return { message: t.endpoint_added, secret }
    },
  }
}

/** What can be done with an endpoint as it stands. */
export function actsForEndpoint(desk: Desk, { id, url, state }: WebhookEndpoint): Act[] {
  const { calls } = desk
  const one = { params: { path: { id } } }
  const act = (rest: Pick<Act, 'button' | 'title' | 'preview' | 'run'>): Act => ({
    subject: url,
    fields: [],
    reason: 'none',
    ...rest,
  })
  return [
    ...(state === 'disabled' ? [enableEndpoint(desk, id)] : []),
    act({
      button: t.test,
      title: t.test_title,
      preview: () => ({ effects: [{ what: t.event, after: 'webhook.test' }] }),
      async run(_, idempotencyKey) {
        await calls.post('/v1/webhook-endpoints/{id}/test', { ...one, idempotencyKey })
        return { message: t.test_sent }
      },
    }),
    act({
      button: t.rotate,
      title: t.rotate_title,
      preview: () => ({ effects: [{ what: t.secret, after: t.rotated }] }),
      async run(_, idempotencyKey) {
        const { secret } = await calls.post('/v1/webhook-endpoints/{id}/rotate-secret', { ...one, idempotencyKey })
        return { message: t.secret_rotated, secret }
      },
    }),
    {
      ...act({
        button: t.remove,
        title: t.remove_title,
        preview: () => ({ effects: [{ what: url, after: t.removed }] }),
        async run() {
          await calls.delete('/v1/webhook-endpoints/{id}', one)
          return { message: t.endpoint_removed }
        },
      }),
      danger: true,
    },
  ]
}

/** Sends events to an endpoint again that was disabled. */
export function enableEndpoint({ calls }: Desk, id: string): Act {
  const { enable, enable_title, endpoint, enabled, enable_done } = texts.acts
  return {
    button: enable,
    title: enable_title,
    role: 'admin',
    subject: id,
    fields: [],
    reason: 'none',
    preview: () => ({ effects: [{ what: endpoint, after: enabled }] }),
    async run(_, idempotencyKey) {
      await calls.post('/v1/webhook-endpoints/{id}/enable', { params: { path: { id } }, idempotencyKey })
      return { message: enable_done }
    },
  }
}

/** Sends an event to an endpoint again. */
export function redeliver({ calls }: Desk, endpoint: string, delivery: { id: string; type: string }): Act {
  return {
    button: t.redeliver,
    title: t.redeliver_title,
    subject: delivery.type,
    fields: [],
    reason: 'none',
    preview: () => ({ effects: [{ what: t.event, after: t.redelivered }] }),
    async run(_, idempotencyKey) {
      const path = { id: endpoint, delivery: delivery.id }
      await calls.post('/v1/webhook-endpoints/{id}/deliveries/{delivery}/redeliver', {
        params: { path },
        idempotencyKey,
      })
      return { message: t.redeliver_done }
    },
  }
}
