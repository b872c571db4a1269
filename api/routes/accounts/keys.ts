import { z } from 'zod'
import { createKey, keyShape, listKeys, revokeKey, scopes } from '../../../db/accounts/api-keys.ts'
import { deriveId, route } from '../../http/route.ts'
import { listOf } from '../../http/shapes.ts'

export const keyRoutes = [
  route('post /v1/keys', {
    operationId: 'createKey',
    scope: 'admin',
    summary: 'Create an API key; its secret is shown once',
    body: z.strictObject({ name: z.string().trim().min(1).max(100), scope: z.enum(scopes) }),
    idempotency: 'handler',
    refuses: ['idempotency_in_progress'],
    responses: { 201: keyShape.extend({ key: z.string() }) },
    async handler({ app, caller, body, idempotencyKey }) {
      const id = idempotencyKey && deriveId('k', caller.product, idempotencyKey)
      return {
        status: 201,
        body: await createKey(app.db, caller.product, { id, ...body, created_by: caller.key_id }),
      }
    },
  }),

  route('get /v1/keys', {
    operationId: 'listKeys',
    scope: 'admin',
    summary: 'List valid API keys, without their secrets',
    responses: { 200: listOf(keyShape) },
    async handler({ app, caller }) {
      return { body: { data: await listKeys(app.db, caller.product), next_cursor: null } }
    },
  }),

  route('delete /v1/keys/{id}', {
    operationId: 'revokeKey',
    scope: 'admin',
    summary: 'Revoke an API key immediately',
    responses: { 204: null },
    async handler({ app, caller, params }) {
      await revokeKey(app.db, caller.product, params.id)
      return { status: 204 }
    },
  }),
]
