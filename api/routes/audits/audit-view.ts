import { z } from 'zod'
import { type AuditRecord, findAudit, listAudits } from '../../../db/audits/audits.ts'
import { listUnrestored } from '../../../db/audits/restore.ts'
import { explainAudit } from '../../../domain/audits/describe.ts'
import type { ReportedFinding } from '../../../domain/audits/report.ts'
import type { Language } from '../../../domain/shared/languages.ts'
import { notFound } from '../../../domain/shared/refusals.ts'
import { auditApprovalId } from '../../../workflows/contract/ids.ts'
import type { App } from '../../http/app.ts'
import { credits, named, time } from '../../http/shapes.ts'

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
  state: z.enum(['running', 'awaiting_approval', 'done', 'declined']),
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
  deductions: z
    .object({
      granted: credits,
      available: credits,
      held: credits,
      spent: credits,
      expired: credits,
      money_back: credits.describe('Revoked because their payment went back.'),
      corrections: credits.describe('Revoked by corrections of audits.'),
      by_support: z
        .array(z.object({ id: z.string(), at: time, credits, reason: z.string(), restored: z.boolean() }))
        .describe('Adjustments that took credits. Those that are not restored can be.'),
    })
    .describe('Where the credits that the account received are.'),
  unaudited: z.array(z.string()).describe('Memberships with an incomplete history, which cannot be audited.'),
  unverified: z.array(z.string()).describe('Payments whose provider was unavailable.'),
  explanation: z.string().describe('Explanation for the customer.'),
})

/** @throws Refused not_found */
export async function loadAudit(app: App, product: string, id: string): Promise<AuditRecord> {
  const found = await findAudit(app.db, product, id)
  if (found?.report) return found
  throw notFound('audit')
}

/** The audits of an account that have a report, newest first. */
export async function showAudits(app: App, account_key: string, limit: number, language: Language | undefined) {
  const [audits, unrestored] = await Promise.all([
    listAudits(app.db, account_key, limit),
    listUnrestored(app.db, account_key),
  ])
  return audits.map(audit => show(audit, unrestored, language))
}

/** An audit as the API shows it. */
export async function showAudit(app: App, audit: AuditRecord, language?: Language) {
  return show(audit, await listUnrestored(app.db, audit.account_key), language)
}

function show(
  { audit: id, account, state, asked_at, report }: AuditRecord,
  unrestored: ReadonlySet<string>,
  language: Language | undefined,
) {
  if (!report) throw new Error(`audit ${id} has no report`)
  const { expected, given: ledger, payments, findings, unaudited, unasked, deductions } = report
  const repaired = findings.filter(finding => finding.repaired)
  const isDone = state === 'done'
  const by_support = deductions.by_support.map(each => ({ ...each, restored: !unrestored.has(each.id) }))
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
    bonus: isDone ? report.bonus : 0,
    approval: state === 'awaiting_approval' ? auditApprovalId(id) : null,
    deductions: { ...deductions, by_support },
    unaudited,
    unverified: unasked,
    explanation: explainAudit(report, { state, unrestored }, language),
  }
}

function showFinding({ kind, subject, at, source, credits, repaired }: ReportedFinding) {
  return { kind, subject, at, source, credits, repaired }
}
