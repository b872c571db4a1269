import type { Account } from '../../db/accounts/accounts.ts'
import { findAudit, requestAuditApproval, saveAudit, saveAuditResult } from '../../db/audits/audits.ts'
import { readLedgerSnapshot } from '../../db/audits/ledger-snapshot.ts'
import { auditKey, repairLedger } from '../../db/audits/repair.ts'
import { fingerprint } from '../../db/core/command.ts'
import { findResult } from '../../db/core/idempotency.ts'
import { auditBonus, ledgerRepairs } from '../../domain/audits/repairs.ts'
import { type AuditReport, unchangedFindings, withOutcome } from '../../domain/audits/report.ts'
import type { Policy } from '../../domain/policy/policy.ts'
import { notFound } from '../../domain/shared/refusals.ts'
import { type AuditDeps, type AuditRef, loadContext, recordRef } from './context.ts'
import { makeMissedSteps } from './missed-steps.ts'

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
  return after
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
