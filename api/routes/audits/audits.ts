import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { findAudit, requestAudit } from '../../../db/audits/audits.ts'
import { auditKey } from '../../../db/audits/repair.ts'
import { restoreAdjustments } from '../../../db/audits/restore.ts'
import { bonusTerms } from '../../../domain/audits/repairs.ts'
import { replacementTerms } from '../../../domain/generations/reservation.ts'
import { emailIfSent } from '../../../domain/policy/emails/sending.ts'
import { languages } from '../../../domain/shared/languages.ts'
import { invalidRequest, Refused } from '../../../domain/shared/refusals.ts'
import { deriveId, loadAccountNow, route } from '../../http/route.ts'
import { listOf, page, reason } from '../../http/shapes.ts'
import { startAudit } from '../../temporal/audits.ts'
import { recordActivity } from '../accounts/activity.ts'
import { auditShape, loadAudit, showAudit, showAudits } from './audit-view.ts'

const language = z.enum(languages).optional().describe('Of the explanation; English by default.')

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
      return { status, body: await showAudit(app, audit), account: { account_key, at }, replayed: known !== null }
    },
  }),

  route('get /v1/accounts/{account}/audits', {
    operationId: 'listAudits',
    scope: 'read',
    summary: 'List the audits of an account, newest first',
    query: page.pick({ limit: true }).extend({ language }),
    responses: { 200: listOf(auditShape) },
    async handler({ app, caller, params, query }) {
      const { account, at } = await loadAccountNow(app, caller, params.account)
      const data = await showAudits(app, account.account_key, query.limit, query.language)
      return { body: { data, next_cursor: null }, account: { ...account, at } }
    },
  }),

  route('get /v1/audits/{id}', {
    operationId: 'getAudit',
    scope: 'support',
    summary: 'Get the findings and corrections of an audit',
    query: z.object({ language }),
    responses: { 200: auditShape },
    async handler({ app, caller, params, query }) {
      const audit = await loadAudit(app, caller.product, params.id)
      const { account, at } = await loadAccountNow(app, caller, audit.account)
      return { body: await showAudit(app, audit, query.language), account: { ...account, at } }
    },
  }),

  route('post /v1/audits/{id}/restore', {
    operationId: 'restoreAuditedDeductions',
    scope: 'support',
    summary: "Restore credits that support took by mistake, with the policy's bonus",
    body: z.strictObject({
      adjustments: z
        .array(z.string())
        .min(1)
        .optional()
        .describe('Ids of deductions.by_support; all that are not restored if omitted.'),
      reason,
    }),
    idempotency: 'ledger',
    refuses: ['account_closed'],
    responses: { 200: auditShape },
    async handler({ app, caller, policy, params, body, idempotencyKey = '' }) {
      const audit = await loadAudit(app, caller.product, params.id)
      const { account, at } = await loadAccountNow(app, caller, audit.account)
      const { deductions } = await showAudit(app, audit)
      const open = deductions.by_support.filter(({ restored }) => !restored).map(({ id }) => id)
      const { adjustments = open, reason: given } = body
      const unknown = adjustments.find(id => !deductions.by_support.some(each => each.id === id))
      if (unknown !== undefined) throw invalidRequest('adjustments', `${unknown} is not in deductions.by_support`)
      const { account_key, time_zone } = account
      const ref = { account_key, at, operation_key: `restore/${audit.audit}/${idempotencyKey}` }
      const detail = { audit: audit.audit, adjustments }
      await recordActivity(app, caller, ref, { action: 'restore', reason: given, detail })
      const { totals, replayed } = await restoreAdjustments(app.db, ref, audit.audit, body.adjustments, {
        adjustments,
        replacement: replacementTerms(policy, at, time_zone),
        bonus: bonusTerms(policy, at, time_zone),
        emails: emailIfSent(policy, 'audit_done', `${audit.audit} ${at.toISOString()}`),
      })
      return { body: await showAudit(app, audit), account: ref, totals, replayed }
    },
  }),
]
