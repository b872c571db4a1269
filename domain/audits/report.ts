import type { Policy } from '../policy/policy.ts'
import { type AuditResult, audit } from './audit.ts'
import { computeDeductions, type Deductions } from './deductions.ts'
import { type Finding, finding } from './finding.ts'
import type { LedgerSnapshot } from './ledger-snapshot.ts'
import { auditBonus, creditsMoved } from './repairs.ts'

export type AuditState = 'running' | 'awaiting_approval' | 'done' | 'declined'

/** A finding and whether it was corrected. */
export type ReportedFinding = Finding & { repaired: boolean }

/** An audit's comparison, findings and corrections. No personal data. */
export type AuditReport = {
  at: string
  /** credits that the rules expect to have been granted */
  expected: { memberships: number; purchases: number }
  /** credits granted by the lots, by origin type */
  given: Record<string, number>
  payments: { purchase: string; paid: boolean; bought: number; taken_back: number }[]
  /** months of memberships whose payment went back, and the credits that were revoked for it */
  returned: { membership: string; month: string; taken_back: number }[]
  /** where the received credits are */
  deductions: Deductions
  findings: ReportedFinding[]
  /** credits that corrections move, for the policy's cap */
  moved: number
  needs_approval: boolean
  /** bonus credits; 0 if none */
  bonus: number
  /** memberships with an incomplete history, which are skipped */
  unaudited: string[]
  /** purchases whose provider could not be polled */
  unasked: string[]
}

/** The report of an audit before its corrections. */
export function reportOf(
  policy: Policy,
  db: LedgerSnapshot,
  at: Date,
  asked: { unasked: string[]; granted: string[] },
): AuditReport {
  const result: AuditResult = audit(policy, db, at.toISOString())
  const found = result.findings.map(each => ({ ...each, repaired: false }))
  const granted = asked.granted.map(missedRenewal)
  const { rules } = result
  const sum = (type: string) =>
    rules.grants.filter(({ origin }) => origin.type.startsWith(type)).reduce((n, { amount }) => n + amount, 0)
  const moved = creditsMoved(result.findings)
  const { approval_above } = policy.audit
  const repairable = [...granted, ...found.filter(({ repairs }) => repairs.length > 0)]
  return {
    at: at.toISOString(),
    expected: { memberships: sum('membership'), purchases: sum('purchase') },
    given: result.given,
    payments: rules.purchases.map(({ id, paid, bought, taken }) => ({
      purchase: id,
      paid,
      bought,
      taken_back: taken,
    })),
    returned: rules.returned.map(({ membership, month, taken }) => ({ membership, month, taken_back: taken })),
    deductions: computeDeductions(db, at.toISOString()),
    findings: [...granted, ...found],
    moved,
    needs_approval: approval_above !== null && moved > approval_above,
    bonus: auditBonus(policy, repairable, at, db.account.time_zone)?.amount ?? 0,
    unaudited: rules.unaudited,
    unasked: asked.unasked,
  }
}

/** A membership whose payment was found by polling, and which has granted its credits since. */
function missedRenewal(subject: string): ReportedFinding {
  return { ...finding('renewal_missed', subject, { hurts: true }), repaired: true }
}

/** The findings of a report that still apply unchanged; changed ones were not approved. */
export function unchangedFindings(policy: Policy, db: LedgerSnapshot, at: Date, report: AuditReport): Finding[] {
  const reported = new Set(report.findings.filter(({ repaired }) => !repaired).map(identity))
  return audit(policy, db, at.toISOString()).findings.filter(each => reported.has(identity(each)))
}

/** Marks the findings that a new audit does not find as corrected. */
export function withOutcome(policy: Policy, db: LedgerSnapshot, at: Date, report: AuditReport): AuditReport {
  const open = new Set(audit(policy, db, at.toISOString()).findings.map(identity))
  const findings = report.findings.map(each => ({
    ...each,
    repaired: each.repaired || !open.has(identity(each)),
  }))
  return { ...report, deductions: computeDeductions(db, at.toISOString()), findings }
}

function identity({ kind, subject, credits }: Finding): string {
  return JSON.stringify([kind, subject, credits])
}
