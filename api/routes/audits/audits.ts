import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type AuditRecord, findAudit, requestAudit } from '../../../db/audits/audits.ts'
import { auditKey } from '../../../db/audits/repair.ts'
import { explainAudit } from '../../../domain/audits/describe.ts'
import type { ReportedFinding } from '../../../domain/audits/report.ts'
import { notFound, Refused } from '../../../domain/shared/refusals.ts'
import { auditApprovalId } from '../../../workflows/contract/ids.ts'
import type { App } from '../../http/app.ts'
import { deriveId, loadAccountNow, route } from '../../http/route.ts'
import { credits, named, reason, time } from '../../http/shapes.ts'
import { startAudit } from '../../temporal/audits.ts'
import { recordActivity } from '../accounts/activity.ts'

const findingShape = z.object({
  kind: z.string(),
  subject: z.string().describe('Key of a grant, lot, entry, generation or purchase.'),
  at: time.nullable(),
  source: z.string().nullable(),
  credits,
  repaired: z.boolean(),
})

export const auditShape = named('Audit', {
  id: z.string(),
  account: z.string(),
  state: z.enum(['running', 'awaiting_approval', 'done']),
  requested_at: time,
  expected: z
    .object({ memberships: credits, purchases: credits })
    .describe('Credits that the rules give for the whole history.'),
  ledger: z.record(z.string(), credits).describe('Granted credits by type of origin.'),
  payments: z.array(z.object({ purchase: z.string(), paid: z.boolean(), bought: credits, taken_back: credits })),
  findings: z.array(findingShape),
  corrections: z.array(findingShape.pick({ kind: true, subject: true, credits: true })),
  bonus: credits.describe('Bonus for the error; 0 until the corrections are made.'),
  approval: z.string().nullable(),
  unaudited: z.array(z.string()).describe('Memberships with an incomplete history, which cannot be audited.'),
  unverified: z.array(z.string()).describe('Payments whose provider was unavailable.'),
  explanation: z.string().describe('Explanation for the customer.'),
})

export const auditRoutes = [
  route('post /v1/accounts/{account}/audits', {
    operationId: 'auditAccount',
    scope: 'support',
    summary: "Audit an account and correct what differs; above the policy's cap this needs an approval",
    body: z.strictObject({ reason: reason.optional() }),
    idempotency: 'handler',
    responses: { 201: auditShape, 202: auditShape },
    async handler({ app, caller, params, body, idempotencyKey = randomUUID() }) {
      const { account, at } = await loadAccountNow(app, caller, params.account)
      const { product, key_id } = caller
      const { account_key } = account
      const id = deriveId('aud', account_key, idempotencyKey)
      const known = await findAudit(app.db, product, id)
      if (!known || known.state === 'running') {
        if (account.closed_at) throw new Refused({ code: 'account_closed' })
        await recordActivity(
          app,
          caller,
          { account_key, at, operation_key: auditKey(id) },
          { action: 'audit', reason: body.reason },
        )
        await requestAudit(app.db, { account_key, product, audit: id, asked_by: key_id }, at)
        await startAudit(app, { product, account: account.account, id, asked_by: key_id })
      }
      const audit = await loadAudit(app, product, id)
      const status = audit.state === 'done' ? 201 : 202
      return { status, body: showAudit(audit), replayed: known !== null }
    },
  }),

  route('get /v1/audits/{id}', {
    operationId: 'getAudit',
    scope: 'support',
    summary: 'Get the findings and corrections of an audit',
    responses: { 200: auditShape },
    async handler({ app, caller, params }) {
      return { body: showAudit(await loadAudit(app, caller.product, params.id)) }
    },
  }),
]

/** @throws Refused not_found */
export async function loadAudit(app: App, product: string, id: string): Promise<AuditRecord> {
  const found = await findAudit(app.db, product, id)
  if (found?.report) return found
  throw notFound('audit')
}

export function showAudit({ audit: id, account, state, asked_at, report }: AuditRecord) {
  if (!report) throw new Error(`audit ${id} has no report`)
  const { expected, given: ledger, payments, findings, unaudited, unasked } = report
  const repaired = findings.filter(finding => finding.repaired)
  return {
    id,
    account,
    state,
    requested_at: asked_at,
    expected,
    ledger,
    payments,
    findings: findings.map(showFinding),
    corrections: repaired.map(({ kind, subject, credits }) => ({ kind, subject, credits })),
    bonus: state === 'done' ? report.bonus : 0,
    approval: state === 'awaiting_approval' ? auditApprovalId(id) : null,
    unaudited,
    unverified: unasked,
    explanation: explainAudit(report, { given: state === 'done' }),
  }
}

function showFinding({ kind, subject, at, source, credits, repaired }: ReportedFinding) {
  return { kind, subject, at, source, credits, repaired }
}
