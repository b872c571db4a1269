import { z } from 'zod'
import { timeOf } from '../../../db/accounts/accounts.ts'
import {
  type Approval,
  declineApproval,
  declineKey,
  findApproval,
  listOpenApprovals,
} from '../../../db/accounts/approvals.ts'
import { emailIfSent } from '../../../domain/policy/emails/sending.ts'
import { notFound } from '../../../domain/shared/refusals.ts'
import type { App } from '../../http/app.ts'
import { type Route, route } from '../../http/route.ts'
import { listOf, named, page, reason, time } from '../../http/shapes.ts'
import { endDeclinedAudit } from '../../temporal/audits.ts'
import { recordActivity } from '../accounts/activity.ts'

const approvalShape = named('Approval', {
  id: z.string(),
  account: z.string(),
  kind: z.enum(['compensation', 'audit', 'refund']),
  subject: z.string(),
  requested_at: time,
  state: z.enum(['pending', 'approved', 'declined']),
  decided_at: time.nullable(),
  decline_reason: z.string().nullable(),
})

export const approvalRoutes: Route[] = [
  route('get /v1/approvals', {
    operationId: 'listApprovals',
    scope: 'support',
    summary: 'List pending approvals, oldest first',
    query: page.pick({ limit: true }),
    responses: { 200: listOf(approvalShape) },
    async handler({ app, caller, query }) {
      const open = await listOpenApprovals(app.db, caller.product, query.limit)
      return { body: { data: open.map(showApproval), next_cursor: null } }
    },
  }),

  route('get /v1/approvals/{approval}', {
    operationId: 'getApproval',
    scope: 'support',
    summary: 'Get what became of a request for approval',
    responses: { 200: approvalShape },
    handler: async ({ app, caller, params }) => ({
      body: showApproval(await loadApproval(app, caller.product, params.approval)),
    }),
  }),

  route('post /v1/approvals/{approval}/decline', {
    operationId: 'declineRequest',
    scope: 'admin',
    summary: "Decline a request, another key's or your own; nothing of it is carried out",
    body: z.strictObject({ reason }),
    idempotency: 'handler',
    refuses: ['account_closed', 'approval_decided'],
    responses: { 200: approvalShape },
    async handler({ app, caller, policy, params, body: { reason } }) {
      const { product, key_id: declined_by } = caller
      const found = await loadApproval(app, product, params.approval)
      const { account_key, approval, kind, subject } = found
      const ref = { account_key, at: timeOf(found, app.now()), operation_key: declineKey(approval) }
      await recordActivity(app, caller, ref, { action: 'decline', reason, detail: { approval, [kind]: subject } })
      const emails = kind === 'audit' ? emailIfSent(policy, 'audit_done', subject) : []
      await declineApproval(app.db, ref, { approval, declined_by, reason, emails })
      if (kind === 'audit') await endDeclinedAudit(app, { product, id: subject })
      return { body: showApproval(await loadApproval(app, product, approval)), account: ref }
    },
  }),
]

/** @throws Refused not_found */
export async function loadApproval({ db }: App, product: string, id: string): Promise<Approval> {
  const found = await findApproval(db, product, id)
  if (!found) throw notFound('approval')
  return found
}

function showApproval(found: Approval) {
  const { approval: id, account, kind, subject, asked_at, approved_at, declined_at, decline_reason } = found
  return {
    id,
    account,
    kind,
    subject,
    requested_at: asked_at,
    state: declined_at ? 'declined' : approved_at ? 'approved' : 'pending',
    decided_at: declined_at ?? approved_at,
    decline_reason,
  }
}
