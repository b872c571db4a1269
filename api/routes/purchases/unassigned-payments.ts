import { z } from 'zod'
import { type Account, timeOf } from '../../../db/accounts/accounts.ts'
import { actorOf, type Caller } from '../../../db/accounts/api-keys.ts'
import type { Command } from '../../../db/core/command.ts'
import { loadBuyer } from '../../../db/purchases/buyer.ts'
import { referencesOfPayment } from '../../../db/purchases/payment-events.ts'
import {
  assignPayment,
  dismissPayment,
  findKeptPayment,
  listUnassigned,
  type UnassignedPayment,
} from '../../../db/purchases/unassigned-payments.ts'
import { sell } from '../../../domain/purchases/packs.ts'
import { invalidRequest, notFound } from '../../../domain/shared/refusals.ts'
import { policyOf } from '../../../platform/policy-store.ts'
import type { App } from '../../http/app.ts'
import { deriveId, loadAccountNow, route } from '../../http/route.ts'
import { accountName, listOf, page, purchaseShape, reason, resourceId, time } from '../../http/shapes.ts'
import { loadPurchase, openPurchase, purchaseResponse, syncPurchase } from '../../temporal/purchases.ts'
import { recordActivity } from '../accounts/activity.ts'

const paymentShape = z.object({
  id: z.string().describe("The provider's id."),
  provider: z.string(),
  amount: z.int().nullable().describe('In minor units; null if unknown.'),
  currency: z.string().nullable(),
  recorded_at: time,
  named: z.string().nullable(),
})

const assignment = z.strictObject({
  purchase: resourceId.optional().describe('A purchase that is paid through this provider.'),
  account: accountName.optional().describe('With pack: makes a purchase of this account.'),
  pack: z.string().max(100).optional(),
  quantity: z.int().default(1),
  reason,
})

/** The purchase that a payment is assigned to; `opening` if it is to be made. */
type Target = {
  account: Account
  id: string
  opening: { pack: string; quantity: number; provider: 'stripe' | 'gumroad'; fingerprint: string } | null
}

export const unassignedPaymentRoutes = [
  route('get /v1/unassigned-payments', {
    operationId: 'listUnassignedPayments',
    scope: 'support',
    summary: 'List payments that fit no purchase, oldest first',
    query: page,
    responses: { 200: listOf(paymentShape) },
    async handler({ app, caller, query }) {
      const { data, next_cursor } = await listUnassigned(app.db, caller.product, query)
      const shown = data.map(({ payment: id, outcome: _, ...rest }) => ({ id, ...rest }))
      return { body: { data: shown, next_cursor } }
    },
  }),

  route('post /v1/unassigned-payments/{payment}/assign', {
    operationId: 'assignPayment',
    scope: 'support',
    summary: 'Assign a payment to a purchase, or to an account and a pack, once',
    body: assignment,
    requiresKey: true,
    refuses: ['payment_settled', 'account_closed', 'membership_required', 'quantity_not_offered'],
    responses: { 200: purchaseShape },
    async handler({ app, caller, params, body, idempotencyKey = '' }) {
      const { product } = caller
      const actor = actorOf(caller)
      const kept = await loadKept(app, product, params.payment)
      const { account, id, opening } = await targetOf(app, caller, kept, body)
      const { account_key } = account
      const { payment } = kept
      const references = await referencesOfPayment(app.db, product, payment)
      const ref = {
        account_key,
        at: timeOf(account, app.now()),
        operation_key: `payment/${payment}/assign/${idempotencyKey}`,
      }
      const detail = { payment, purchase: id }
      await recordActivity(app, caller, ref, { action: 'payment_assigned', reason: body.reason, detail })
      await assignPayment(app.db, ref, { ...detail, references, actor, reason: body.reason })
      const purchase = { product, account: account.account, id }
      await (opening ? openPurchase(app, { ...purchase, opening, references }) : syncPurchase(app, purchase))
      return purchaseResponse(app, caller, id)
    },
  }),

  route('post /v1/unassigned-payments/{payment}/dismiss', {
    operationId: 'dismissPayment',
    scope: 'support',
    summary: 'Dismiss a payment that was dealt with elsewhere',
    body: z.strictObject({
      account: accountName.optional().describe('The account that it is about: its activity log records the dismissal.'),
      reason,
    }),
    refuses: ['payment_settled'],
    responses: { 200: z.object({ id: z.string(), outcome: z.literal('dismissed') }) },
    async handler({ app, caller, params, body: { account, reason } }) {
      const { product } = caller
      const actor = actorOf(caller)
      const { payment } = await loadKept(app, product, params.payment)
      const ref = account === undefined ? null : await dismissalOf(app, caller, account, payment)
      if (ref) await recordActivity(app, caller, ref, { action: 'payment_dismissed', reason, detail: { payment } })
      await dismissPayment(app.db, product, { payment, actor, reason }, ref)
      return { body: { id: payment, outcome: 'dismissed' } }
    },
  }),
]

/** @throws Refused not_found */
async function loadKept(app: App, product: string, payment: string): Promise<UnassignedPayment> {
  const found = await findKeptPayment(app.db, product, payment)
  if (found) return found
  throw notFound('unassigned payment')
}

/** The command of an account that dismisses a payment. @throws Refused not_found */
async function dismissalOf(app: App, caller: Caller, name: string, payment: string): Promise<Command> {
  const { account, at } = await loadAccountNow(app, caller, name)
  return { account_key: account.account_key, at, operation_key: `payment/${payment}/dismiss` }
}

/** @throws Refused invalid_request, not_found, and what the policy does not sell */
async function targetOf(
  app: App,
  caller: Caller,
  { payment, provider }: UnassignedPayment,
  { purchase, account: name, pack, quantity }: z.infer<typeof assignment>,
): Promise<Target> {
  const { product } = caller
  if (purchase !== undefined && name === undefined && pack === undefined) {
    const found = await loadPurchase(app, product, purchase)
    if (found.status.provider !== provider)
      throw invalidRequest('purchase', `is paid through ${found.status.provider}, the payment through ${provider}`)
    const { account } = await loadAccountNow(app, caller, found.account)
    return { account, id: purchase, opening: null }
  }
  if (purchase !== undefined || name === undefined || pack === undefined)
    throw invalidRequest('(body)', 'must name either a purchase, or an account and a pack')
  if (provider !== 'stripe' && provider !== 'gumroad') throw invalidRequest('payment', 'has no provider')
  const { account, at } = await loadAccountNow(app, caller, name)
  const id = deriveId('pur', product, provider, payment)
  const policy = policyOf(app.policies, product)
  if (!policy.purchases.providers.includes(provider))
    throw invalidRequest('payment', `came through ${provider}, which is no provider of the policy`)
  sell(policy, await loadBuyer(app.db, account, at.toISOString()), { pack, quantity })
  return { account, id, opening: { pack, quantity, provider, fingerprint: payment } }
}
