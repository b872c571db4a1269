import { z } from 'zod'
import { timeOf } from '../../../db/accounts/accounts.ts'
import { requestRefundApproval } from '../../../db/accounts/approvals.ts'
import { readUnusedCredits } from '../../../db/codes/unused-credits.ts'
import { findResult } from '../../../db/core/idempotency.ts'
import { type PurchaseRecord, purchaseEventKey } from '../../../db/purchases/purchases.ts'
import { needsApproval, refundByException } from '../../../domain/purchases/refunds/exceptions.ts'
import { refundable } from '../../../domain/purchases/refunds/terms.ts'
import { type RefusalCode, Refused } from '../../../domain/shared/refusals.ts'
import { providerCodes } from '../../docs/error-codes.ts'
import type { App } from '../../http/app.ts'
import { type Call, deriveId, type Route, type RouteResponse, route } from '../../http/route.ts'
import { credits, named, purchaseShape, reason } from '../../http/shapes.ts'
import { loadPurchase, purchaseResponse, sendPurchaseUpdate } from '../../temporal/purchases.ts'
import { recordPurchaseActivity } from '../accounts/activity.ts'

const amountsShape = z.object({ credits, amount: z.int() })

const termsShape = named('RefundTerms', {
  purchase: z.string(),
  currency: z.string(),
  by_policy: amountsShape.nullable(),
  refusal: z.looseObject({ code: z.string() }).nullable(),
  by_exception: amountsShape.extend({ needs_approval: z.boolean() }).nullable(),
})

const pendingShape = named('PendingRefund', {
  purchase: z.string(),
  state: z.literal('awaiting_approval'),
  approval: z.string(),
  credits,
  amount: z.int(),
  currency: z.string(),
})

const request = z
  .strictObject({
    reason,
    exception: z.boolean().default(false),
    amount: z.int().min(1).optional(),
  })
  .refine(({ exception, amount }) => exception || amount === undefined, {
    path: ['amount'],
    message: 'needs exception: true; the policy decides otherwise',
  })

const REFUSALS: RefusalCode[] = ['refund_not_offered', 'refund_window_passed', 'refund_used']

export const refundRoutes: Route[] = [
  route('get /v1/purchases/{id}/refund', {
    operationId: 'getRefundTerms',
    scope: 'support',
    summary: 'Preview a refund: the credits and the money that it would move, by the policy and by exception',
    query: z.object({ amount: z.coerce.number().int().min(1).optional() }),
    responses: { 200: termsShape },
    async handler({ app, caller, policy, params, query }) {
      const found = await loadPurchase(app, caller.product, params.id)
      const { remaining, at } = await readRemaining(app, found)
      const byPolicy = orRefusal(() => refundable(found.status, remaining, at.toISOString()))
      const byException = orRefusal(() => refundByException(found.status, remaining, query.amount))
      const body = {
        purchase: params.id,
        currency: found.status.currency,
        by_policy: byPolicy instanceof Refused ? null : byPolicy,
        refusal: byPolicy instanceof Refused ? byPolicy.refusal : null,
        by_exception:
          byException instanceof Refused
            ? null
            : {
                ...byException,
                needs_approval: needsApproval(policy, found.status.refunded_here ?? 0, byException.amount),
              },
      }
      return { body, account: { ...found, at } }
    },
  }),

  route('post /v1/purchases/{id}/refund', {
    operationId: 'refundPurchase',
    scope: 'support',
    summary: 'Refund a purchase and revoke its credits, by the policy or by exception',
    body: request,
    refuses: ['account_closed', ...providerCodes, ...REFUSALS],
    requiresKey: true,
    responses: { 200: purchaseShape, 202: pendingShape },
    handler: call => (call.body.exception ? refundExceptionally(call) : refundByPolicy(call)),
  }),
]

type RefundCall = Call<{ id: string }, unknown, z.infer<typeof request>>

async function refundByPolicy({ app, caller, params, body, idempotencyKey = '' }: RefundCall): Promise<RouteResponse> {
  const { reason } = body
  await recordPurchaseActivity(app, caller, params.id, idempotencyKey, { action: 'refund', reason })
  await sendPurchaseUpdate(app, caller.product, params.id, { kind: 'refund', reason }, idempotencyKey)
  return purchaseResponse(app, caller, params.id)
}

/** What is refunded is decided once; above the policy's limit it waits for a second person. */
async function refundExceptionally(call: RefundCall): Promise<RouteResponse> {
  const { app, caller, policy, params, body, idempotencyKey = '' } = call
  const { id } = params
  const found = await loadPurchase(app, caller.product, id)
  const { account_key, status } = found
  if (await findResult(app.db, account_key, purchaseEventKey(id, idempotencyKey)))
    return purchaseResponse(app, caller, id)
  const { remaining, at } = await readRemaining(app, found)
  const { reason } = body
  const exception = refundByException(status, remaining, body.amount)
  const activity = { action: 'refund_by_exception', reason, detail: exception }
  await recordPurchaseActivity(app, caller, id, idempotencyKey, activity)
  if (!needsApproval(policy, status.refunded_here ?? 0, exception.amount)) {
    await sendPurchaseUpdate(app, caller.product, id, { kind: 'refund', reason, exception }, idempotencyKey)
    return purchaseResponse(app, caller, id)
  }
  const { currency } = status
  const approval = deriveId('appr', account_key, id, idempotencyKey)
  const asked = { account_key, approval, product: caller.product, subject: id, asked_by: caller.key_id, asked_at: at }
  await requestRefundApproval(app.db, asked, { ...exception, currency, reason })
  const pending = { purchase: id, state: 'awaiting_approval', approval, ...exception, currency }
  return { status: 202, body: pending, account: { account_key, at } }
}

async function readRemaining(app: App, found: PurchaseRecord) {
  const at = timeOf(found, app.now())
  return { at, remaining: await readUnusedCredits(app.db, found, at.toISOString()) }
}

function orRefusal<T>(decide: () => T): T | Refused {
  try {
    return decide()
  } catch (error) {
    if (error instanceof Refused) return error
    throw error
  }
}
