import { z } from 'zod'
import {
  type AccountContext,
  loadAccountContext,
  loadContextAndReservation,
} from '../../../db/accounts/account-context.ts'
import { accountKey } from '../../../db/accounts/account-key.ts'
import { timeOf } from '../../../db/accounts/accounts.ts'
import type { Caller } from '../../../db/accounts/api-keys.ts'
import { fingerprint } from '../../../db/core/command.ts'
import { findGeneration, generationShape, listGenerations } from '../../../db/generations/generations.ts'
import type { Reserved } from '../../../db/ledger/holds/reserve.ts'
import { reserveWithFallback } from '../../../db/ledger/holds/reserve-with-fallback.ts'
import { charge } from '../../../db/ledger/holds/settle.ts'
import { excludingFields } from '../../../domain/generations/complete-message.ts'
import { extendMessage } from '../../../domain/generations/extension.ts'
import type { Settlement } from '../../../domain/generations/progress.ts'
import {
  deadlineOf,
  type Plan,
  type ReservationRequest,
  reservationRequest,
} from '../../../domain/generations/reservation.ts'
import { entitlementsOf } from '../../../domain/policy/entitlements.ts'
import { type Charge, chargeOf } from '../../../domain/rates/charge.ts'
import type { Usage } from '../../../domain/rates/price.ts'
import { usageSchema } from '../../../domain/rates/usage.ts'
import { Refused } from '../../../domain/shared/refusals.ts'
import { spendingCodes } from '../../docs/error-codes.ts'
import type { App } from '../../http/app.ts'
import { deriveId, loadAccountNow, type RouteResponse, route } from '../../http/route.ts'
import { listOf, page } from '../../http/shapes.ts'
import { extendGeneration, reserveGeneration, settleGeneration } from '../../temporal/generations.ts'

const item = z.strictObject({
  index: z.int().min(0),
  ok: z.boolean(),
  usage: usageSchema.optional(),
  note: z.string().max(500).optional(),
})

const completeBody = z
  .strictObject({
    delivered: z.int().min(0).optional(),
    items: z.array(item).min(1).optional(),
    usage: usageSchema.optional(),
    cost: z.int().min(0).optional(),
  })
  .superRefine((body, context) => {
    for (const { path, message } of excludingFields(body)) context.addIssue({ code: 'custom', path: [path], message })
  })

export const generationRoutes = [
  route('post /v1/accounts/{account}/generations', {
    operationId: 'reserveGeneration',
    scope: 'generate',
    summary: 'Reserve credits for a generation',
    body: reservationRequest,
    idempotency: 'ledger',
    undoneIfUnavailable: true,
    refuses: spendingCodes,
    responses: { 201: generationShape },
    async handler({ app, caller, policy, params, body, request, idempotencyKey = '' }) {
      const { product } = caller
      const id = deriveId('gen', accountKey(product, params.account), idempotencyKey)
      const found = await loadContextAndReservation(app.db, product, params.account, id, app.now())
      const { account, entitlementContext, known } = found
      await app.accountRateLimiter.count(policy, found, request)
      const digest = fingerprint(body)
      if (known && known.fingerprint !== digest) throw new Refused({ code: 'idempotency_key_reused' })
      // The ledger outlives the workflow. Until the generation is settled the workflow answers, because it may be about to
      // release the reservation of a caller that timed out.
      if (known && known.state !== 'reserved') return reserved(found, { ...known.result, replayed: true })
      const { priority } = entitlementsOf(policy, entitlementContext)
      const answer = await reserveGeneration(
        app,
        {
          ...body,
          product,
          account: account.account,
          id,
          api_key: caller.key_name,
          fingerprint: digest,
        },
        { priorityKey: priority, fairnessKey: account.account_key },
      )
      return reserved(found, { ...answer, ...(known ? { replayed: true as const } : {}) })
    },
  }),

  route('get /v1/generations/{id}', {
    operationId: 'getGeneration',
    scope: 'read',
    summary: 'Get a generation',
    responses: { 200: generationShape },
    async handler({ app, caller, params }) {
      const found = await findGeneration(app.db, caller.product, params.id)
      if (!found) throw new Refused({ code: 'not_found', detail: 'There is no such generation.' })
      return { body: found.generation, account: { ...found, at: timeOf(found, app.now()) } }
    },
  }),

  route('post /v1/generations/{id}/complete', {
    operationId: 'completeGeneration',
    scope: 'generate',
    summary: 'Complete a generation and release what was not delivered',
    body: completeBody,
    refuses: ['already_settled', 'price_out_of_range'],
    responses: { 200: generationShape },
    handler: ({ app, caller, params, body }) => settled(app, caller, params.id, { kind: 'complete', ...body }),
  }),

  route('post /v1/generations/{id}/extend', {
    operationId: 'extendGeneration',
    scope: 'generate',
    summary: 'Move the deadline of a generation and report running usage',
    body: extendMessage,
    refuses: ['already_settled', 'price_out_of_range', 'insufficient_credits'],
    responses: { 200: generationShape },
    async handler({ app, caller, params, body }) {
      const { generation, totals } = await extendGeneration(app, caller.product, params.id, body)
      return { body: generation, totals }
    },
  }),

  route('post /v1/generations/{id}/fail', {
    operationId: 'failGeneration',
    scope: 'generate',
    summary: 'Fail a generation and release its credits',
    body: z.strictObject({ reason: z.string().max(500).optional() }),
    refuses: ['already_settled'],
    responses: { 200: generationShape },
    handler: ({ app, caller, params }) => settled(app, caller, params.id, { kind: 'fail' }),
  }),

  route('post /v1/generations/{id}/cancel', {
    operationId: 'cancelGeneration',
    scope: 'generate',
    summary: 'Cancel a generation and release its credits',
    body: z.strictObject({}),
    refuses: ['already_settled'],
    responses: { 200: generationShape },
    handler: ({ app, caller, params }) => settled(app, caller, params.id, { kind: 'cancel' }),
  }),
]

async function settled(app: App, caller: Caller, id: string, settlement: Settlement): Promise<RouteResponse> {
  const answer = await settleGeneration(app, caller.product, id, settlement)
  if (!answer.replayed) return { body: answer.generation, totals: answer.totals }
  const found = await findGeneration(app.db, caller.product, id)
  if (!found) throw new Error(`generation ${id} has no record`)
  return { body: answer.generation, account: { ...found, at: timeOf(found, app.now()) } }
}

function reserved({ account, at }: AccountContext, { generation, totals, replayed }: Reserved): RouteResponse {
  return { status: 201, body: generation, account: { ...account, at }, totals, replayed }
}

export const generationListRoute = route('get /v1/accounts/{account}/generations', {
  operationId: 'listGenerations',
  scope: 'read',
  summary: 'List generations, newest first',
  query: page,
  responses: { 200: listOf(generationShape) },
  async handler({ app, caller, params, query }) {
    const { account, at } = await loadAccountNow(app, caller, params.account)
    const body = await listGenerations(app.db, account.account_key, query)
    return { body, account: { ...account, at } }
  },
})

export const chargeRoute = route('post /v1/accounts/{account}/charges', {
  operationId: 'chargeCredits',
  scope: 'generate',
  summary: 'Charge credits for completed work',
  body: reservationRequest
    .omit({ timeout_seconds: true, usage_estimate: true, maximum_cost: true })
    .extend({ usage: usageSchema.optional() }),
  idempotency: 'ledger',
  refuses: spendingCodes,
  responses: { 201: generationShape },
  async handler({ app, caller, policy, params, body, request, idempotencyKey = '' }) {
    const found = await loadAccountContext(app.db, caller.product, params.account, app.now())
    await app.accountRateLimiter.count(policy, found, request)
    const { account_key } = found.account
    const ref = { account_key, at: found.at }
    const { generation, totals, replayed } = await reserveWithFallback(
      app.db,
      policy,
      found,
      asReservation(body),
      plan =>
        charge(app.db, ref, {
          ...plan,
          ...chargeOfUsage(plan, body.usage),
          product: caller.product,
          generation: deriveId('chg', account_key, idempotencyKey),
          operation: body.operation,
          deadline: deadlineOf(policy, body, found.at),
          request: body,
          api_key: caller.key_name,
        }),
    )
    return { status: 201, body: generation, account: ref, totals, replayed }
  },
})

/** Work that is done has used what it would be estimated to use. */
function asReservation({ usage, ...body }: ReservationRequest & { usage?: Usage | undefined }): ReservationRequest {
  return { ...body, usage_estimate: usage }
}

function chargeOfUsage({ terms, outputs }: Plan, usage: Usage = {}): { charge?: Charge } {
  if (!terms?.card) return {}
  return { charge: chargeOf(terms, { delivered: outputs, items: {}, rest: usage, cost: null }) }
}
