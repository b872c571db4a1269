import { z } from 'zod'
import { timeOf } from '../../../db/accounts/accounts.ts'
import { type Caller, haveCommonOrigin } from '../../../db/accounts/api-keys.ts'
import { type Approval, storeApproval } from '../../../db/accounts/approvals.ts'
import { approvalKey, approveCompensation, findCompensation } from '../../../db/campaigns/compensation.ts'
import { decideCompensation } from '../../../domain/campaigns/compensation.ts'
import { emailIfSent } from '../../../domain/policy/emails/sending.ts'
import { isTemporary, Refused } from '../../../domain/shared/refusals.ts'
import { policyOf } from '../../../platform/policy-store.ts'
import { providerCodes } from '../../docs/error-codes.ts'
import type { App } from '../../http/app.ts'
import { type RouteResponse, route } from '../../http/route.ts'
import { membershipShape, purchaseShape } from '../../http/shapes.ts'
import { approveAudit } from '../../temporal/audits.ts'
import { membershipResponse } from '../../temporal/memberships.ts'
import { purchaseResponse, sendPurchaseUpdate } from '../../temporal/purchases.ts'
import { refundSubscription } from '../../temporal/subscription-refunds.ts'
import { recordActivity } from '../accounts/activity.ts'
import { auditShape, loadAudit, showAudit } from '../audits/audit-view.ts'
import { loadApproval } from './approvals.ts'
import { compensationLots, compensationResponse, compensationShape } from './compensations.ts'

export const approveRoute = route('post /v1/approvals/{approval}/approve', {
  operationId: 'approveRequest',
  scope: 'admin',
  summary: "Approve another key's request and carry it out",
  idempotency: 'handler',
  refuses: ['account_closed', 'approval_decided', 'refund_not_offered', ...providerCodes],
  responses: { 200: z.union([compensationShape, auditShape, purchaseShape, membershipShape]) },
  async handler({ app, caller, params }) {
    const found = await loadApproval(app, caller.product, params.approval)
    if (found.declined_by !== null) throw new Refused({ code: 'approval_decided', state: 'declined' })
    const { account_key, approval, kind } = found
    if (await haveCommonOrigin(app.db, found.asked_by, caller.key_id))
      throw new Refused({
        code: 'scope_required',
        detail: 'A second person must approve, with a key that was not created by the requesting key or along with it.',
        required: 'admin',
      })
    const ref = { account_key, at: timeOf(found, app.now()), operation_key: approvalKey(approval) }
    await recordActivity(app, caller, ref, { action: 'approval', detail: { approval } })
    if (kind === 'refund') return approveRefund(app, caller, found, ref.at)
    return kind === 'audit' ? approveCorrections(app, caller, found) : approve(app, caller, found, ref.at)
  },
})

async function approveCorrections(
  app: App,
  { product, key_id }: Caller,
  { subject }: Approval,
): Promise<RouteResponse> {
  const { state, account, asked_by } = await loadAudit(app, product, subject)
  if (state !== 'done') await approveAudit(app, { product, account, id: subject, asked_by }, key_id)
  return { body: await showAudit(app, await loadAudit(app, product, subject)) }
}

/** A refund that is refused by now, because the money went back meanwhile, needs nobody any more. */
async function approveRefund(app: App, caller: Caller, found: Approval, at: Date): Promise<RouteResponse> {
  const { approval, subject, request } = found
  if (!request) throw new Error(`approval ${approval} has no refund`)
  const { credits, amount, currency, reason, invoice, payment, refunded } = request
  const { product } = caller
  const message = { kind: 'refund' as const, reason, exception: { credits, amount } }
  const close = () => storeApproval(app.db, found, caller.key_id, at)
  const eventId = approvalKey(approval)
  try {
    if (invoice && payment && refunded !== undefined)
      await refundSubscription(
        app,
        product,
        subject,
        { invoice, payment, amount, currency, refunded },
        { reason, eventId },
      )
    else await sendPurchaseUpdate(app, product, subject, message, eventId)
  } catch (error) {
    if (error instanceof Refused && !isTemporary(error)) await close()
    throw error
  }
  await close()
  return invoice ? membershipResponse(app, product, subject) : purchaseResponse(app, caller, subject)
}

async function approve(app: App, caller: Caller, found: Approval, at: Date): Promise<RouteResponse> {
  const { account_key, approval, subject } = found
  const pending = await findCompensation(app.db, account_key, subject)
  if (!pending) throw new Error(`approval ${approval} has no compensation`)
  const policy = policyOf(app.policies, caller.product)
  const { source } = decideCompensation(policy, { ...pending, multiplier: 0 })
  const lots = compensationLots(policy, found, at, { ...pending, source }, caller)
  const emails = emailIfSent(policy, 'compensation', subject)
  const approved = { approval, approved_by: caller.key_id, compensation: subject, lots, emails }
  const compensated = await approveCompensation(app.db, { account_key, at }, approved)
  return { ...compensationResponse(found, at, { ...pending, given: true }, compensated), status: 200 }
}
