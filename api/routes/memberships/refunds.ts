import { z } from 'zod'
import { requestRefundApproval } from '../../../db/accounts/approvals.ts'
import type { MembershipRecord } from '../../../db/memberships/memberships.ts'
import { findDecidedRefund, membershipRefundKey } from '../../../db/memberships/refunds.ts'
import {
  creditsOfRefund,
  decideSubscriptionRefund,
  type SubscriptionRefund,
} from '../../../domain/memberships/subscriptions/refund.ts'
import { plansFor } from '../../../domain/memberships/terms.ts'
import type { Policy } from '../../../domain/policy/policy.ts'
import { needsApproval } from '../../../domain/purchases/refunds/exceptions.ts'
import { Refused } from '../../../domain/shared/refusals.ts'
import type { StripeSubscription } from '../../../payments/stripe/subscriptions.ts'
import { providerCodes } from '../../docs/error-codes.ts'
import { type Call, deriveId, type Route, type RouteResponse, route } from '../../http/route.ts'
import { credits, membershipShape, named, reason, time } from '../../http/shapes.ts'
import { membershipResponse } from '../../temporal/memberships.ts'
import { loadSubscribed, refundSubscription } from '../../temporal/subscription-refunds.ts'
import { recordActivity } from '../accounts/activity.ts'

const termsShape = named('SubscriptionRefundTerms', {
  membership: z.string(),
  payments: z.array(
    z.object({ invoice: z.string(), paid_at: time, amount: z.int(), refunded: z.int(), currency: z.string() }),
  ),
  by_exception: z
    .object({ invoice: z.string(), credits, amount: z.int(), currency: z.string(), needs_approval: z.boolean() })
    .nullable(),
})

const pendingShape = named('PendingSubscriptionRefund', {
  membership: z.string(),
  state: z.literal('awaiting_approval'),
  approval: z.string(),
  invoice: z.string(),
  credits,
  amount: z.int(),
  currency: z.string(),
})

const request = z.strictObject({
  reason,
  invoice: z.string().max(255).optional(),
  amount: z.int().min(1).optional(),
})

export const membershipRefundRoutes: Route[] = [
  route('get /v1/memberships/{id}/refund', {
    operationId: 'getSubscriptionRefundTerms',
    scope: 'support',
    summary: "Preview a refund of a subscription's payment by exception",
    query: z.object({
      invoice: z.string().max(255).optional(),
      amount: z.coerce.number().int().min(1).optional(),
    }),
    refuses: ['refund_not_offered', ...providerCodes],
    responses: { 200: termsShape },
    async handler({ app, caller, policy, params, query }) {
      const { found, at, paid } = await loadSubscribed(app, caller.product, params.id)
      const decided = orNull(() => decideSubscriptionRefund(paid.payments, query))
      const body = {
        membership: params.id,
        payments: paid.payments.map(({ payment: _, ...shown }) => shown),
        by_exception: decided && {
          invoice: decided.invoice,
          credits: creditsBy(policy, found, paid, decided, at),
          amount: decided.amount,
          currency: decided.currency,
          needs_approval: needsApproval(policy, decided.refunded, decided.amount),
        },
      }
      return { body, account: { account_key: found.account_key, at } }
    },
  }),

  route('post /v1/memberships/{id}/refund', {
    operationId: 'refundSubscription',
    scope: 'support',
    summary: "Refund a subscription's payment by exception, and revoke its unused credits by the policy",
    body: request,
    refuses: ['account_closed', 'refund_not_offered', ...providerCodes],
    requiresKey: true,
    responses: { 200: membershipShape, 202: pendingShape },
    handler: refund,
  }),
]

/** What is refunded is decided once; above the policy's limit it waits for a second person. */
async function refund(call: Call<{ id: string }, unknown, z.infer<typeof request>>): Promise<RouteResponse> {
  const { app, caller, policy, params, body, idempotencyKey = '' } = call
  const { id } = params
  const { product } = caller
  const { reason } = body
  const { found, at, paid } = await loadSubscribed(app, product, id)
  const { account_key } = found
  const operation_key = membershipRefundKey(id, idempotencyKey)
  const known = await findDecidedRefund(app.db, account_key, operation_key)
  if (known && isOther(known, body)) throw new Refused({ code: 'idempotency_key_reused' })
  const decided = known ?? decideSubscriptionRefund(paid.payments, body)
  const detail = { membership: id, ...decided }
  await recordActivity(
    app,
    caller,
    { account_key, at, operation_key },
    { action: 'refund_by_exception', reason, detail },
  )
  if (!needsApproval(policy, decided.refunded, decided.amount)) {
    await refundSubscription(app, product, id, decided, { reason, eventId: idempotencyKey })
    return membershipResponse(app, product, id)
  }
  const { amount, currency, invoice } = decided
  const credits = creditsBy(policy, found, paid, decided, at)
  const approval = deriveId('appr', account_key, id, idempotencyKey)
  const asked = { account_key, approval, product, subject: id, asked_by: caller.key_id, asked_at: at }
  await requestRefundApproval(app.db, asked, { ...decided, credits, reason })
  const pending = { membership: id, state: 'awaiting_approval', approval, invoice, credits, amount, currency }
  return { status: 202, body: pending, account: { account_key, at } }
}

function isOther(known: SubscriptionRefund, { invoice, amount }: z.infer<typeof request>): boolean {
  return (invoice ?? known.invoice) !== known.invoice || (amount ?? known.amount) !== known.amount
}

function creditsBy(
  policy: Policy,
  { status }: MembershipRecord,
  { subscription, payments }: StripeSubscription,
  decided: SubscriptionRefund,
  at: Date,
): number {
  const of = payments.find(({ invoice }) => invoice === decided.invoice)?.amount ?? decided.amount
  return creditsOfRefund(status, subscription, plansFor(policy, 'stripe', status), decided, {
    of,
    at: at.toISOString(),
  })
}

function orNull<T>(decide: () => T): T | null {
  try {
    return decide()
  } catch (error) {
    if (error instanceof Refused) return null
    throw error
  }
}
