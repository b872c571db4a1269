import { ApplicationFailure } from '@temporalio/activity'
import { type Account, timeOf } from '../../db/accounts/accounts.ts'
import { clearAuditAttention, raiseAttention } from '../../db/attention/raise.ts'
import { findAudit, requestAuditApproval, saveAudit, saveAuditResult } from '../../db/audits/audits.ts'
import { readLedgerSnapshot } from '../../db/audits/ledger-snapshot.ts'
import { auditKey, repairLedger } from '../../db/audits/repair.ts'
import { type Db, fingerprint } from '../../db/core/command.ts'
import { findResult } from '../../db/core/idempotency.ts'
import { queueEmails } from '../../db/emails/emails.ts'
import { findGeneration, progressOf } from '../../db/generations/generations.ts'
import type { Finding } from '../../domain/audits/finding.ts'
import { auditBonus, ledgerRepairs, workflowRepairs } from '../../domain/audits/repairs.ts'
import { type AuditReport, unchangedFindings, withOutcome } from '../../domain/audits/report.ts'
import { decideSettlement } from '../../domain/generations/settlement.ts'
import { emailIfSent } from '../../domain/policy/emails/sending.ts'
import type { Policy } from '../../domain/policy/policy.ts'
import { openFindings } from '../../domain/shared/attention.ts'
import { notFound } from '../../domain/shared/refusals.ts'
import { type AuditDeps, type AuditRef, loadContext, recordRef, toStatus } from './context.ts'

/** Either the approval that the corrections wait for, or who approved them; neither where none is needed. */
export type Approval = { approval?: string; approved_by?: string | null }

/**
 * Repairs the findings of the report that still apply. Missed steps of workflows are made at once; corrections of the
 * ledger only without a pending approval, which is requested otherwise.
 */
export async function repairFindings(
  deps: AuditDeps,
  ref: AuditRef,
  { approval, approved_by = null }: Approval,
): Promise<AuditReport> {
  const { db, longQueryDb, now } = deps
  const { account, policy, at } = await loadContext(deps, ref)
  const { account_key } = account
  const record = recordRef(ref, account)
  const before = (await findAudit(db, ref.product, ref.id))?.report
  if (!before) throw notFound('audit')
  if (!(await findResult(db, account_key, auditKey(ref.id)))) {
    const snapshot = await readLedgerSnapshot(longQueryDb, account_key)
    await makeMissedSteps(deps, ref, account, unchangedFindings(policy, snapshot, at, before))
  }
  const isPending = approval !== undefined
  const bonus = isPending ? before.bonus : await correctLedger(deps, ref, account, policy, before, approved_by, at)
  const snapshot = await readLedgerSnapshot(longQueryDb, account_key)
  const after = { ...withOutcome(policy, snapshot, at, before), bonus }
  if (isPending) await requestAuditApproval(db, record, approval, at)
  await saveAudit(db, record, at, isPending ? 'awaiting_approval' : 'done', after)
  await saveAuditResult(db, record, now(), after)
  if (!isPending) await raiseIfOpen(db, record, after, at)
  if (!isPending) await queueEmails(db, account_key, at, emailIfSent(policy, 'audit_done', ref.id))
  return after
}

/** Raises attention for what an audit left open, in place of what earlier ones left. */
async function raiseIfOpen(
  db: Db,
  { product, audit, account_key }: ReturnType<typeof recordRef>,
  report: AuditReport,
  at: Date,
): Promise<void> {
  await clearAuditAttention(db, account_key)
  if (toStatus(report).open === 0) return
  await raiseAttention(db, { product, subject: 'audit', id: audit, account_key }, openFindings(audit), at)
}

/** @returns the bonus that was granted, in credits */
async function correctLedger(
  { longQueryDb }: AuditDeps,
  { id }: AuditRef,
  { account_key, time_zone }: Account,
  policy: Policy,
  before: AuditReport,
  approved_by: string | null,
  at: Date,
): Promise<number> {
  const snapshot = await readLedgerSnapshot(longQueryDb, account_key)
  const findings = unchangedFindings(policy, snapshot, at, before)
  const { bonus } = await repairLedger(
    longQueryDb,
    { account_key, at },
    {
      audit: id,
      last_entry: snapshot.account.last_entry,
      repairs: ledgerRepairs(policy, findings, at, time_zone),
      bonus: before.bonus > 0 ? bonusLot(policy, before, at, time_zone) : null,
      approved_by,
    },
  )
  return bonus
}

/** The key names what the bonus is for, so that it is granted once. */
function bonusLot(policy: Policy, { findings }: AuditReport, at: Date, timeZone: string) {
  const lot = auditBonus(policy, findings, at, timeZone)
  const lacked = findings.filter(({ hurts }) => hurts).map(({ kind, subject }) => `${kind} ${subject}`)
  return lot && { ...lot, key: `audit_bonus/${fingerprint(lacked.sort())}` }
}

/** Makes the steps that workflows missed, as they would have made them. A refused step leaves its finding open. */
async function makeMissedSteps(deps: AuditDeps, ref: AuditRef, account: Account, findings: Finding[]): Promise<void> {
  for (const repair of workflowRepairs(findings))
    await makeStep(deps, ref, account, repair).catch(error => {
      if (!(error instanceof ApplicationFailure && error.nonRetryable)) throw error
    })
}

async function makeStep(
  deps: AuditDeps,
  { product, account: name }: AuditRef,
  account: Account,
  repair: ReturnType<typeof workflowRepairs>[number],
): Promise<void> {
  const { steps, now } = deps
  if (repair.do === 'apply_payments') {
    await steps.applyPaymentEvents({ product, account: name, id: repair.purchase })
  } else if (repair.do === 'step') {
    // The audit has polled the provider already.
    const due_at = timeOf(account, now()).toISOString()
    await steps.stepMembership({ product, account: name, id: repair.membership, due_at, asked: { refused: null } })
  } else {
    await timeOut(deps, product, account, repair.generation)
  }
}

async function timeOut(deps: AuditDeps, product: string, account: Account, id: string): Promise<void> {
  const found = await findGeneration(deps.db, product, id)
  if (!found) return
  const settlement = { kind: 'timeout' as const }
  const verdict = decideSettlement(progressOf(found), settlement)
  if (!verdict) return
  const { account_key: key, account: name, time_zone, test_clock } = account
  const owner = { key, name, time_zone, on_test_clock: test_clock !== null }
  await deps.steps.settle({ id, product, account: owner, settlement, verdict })
}
