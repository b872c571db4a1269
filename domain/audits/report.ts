import type { Policy } from '../policy/policy.ts'
import { type AuditResult, audit, type Finding } from './audit.ts'
import type { LedgerSnapshot } from './ledger-snapshot.ts'
import { auditBonus, creditsMoved } from './repairs.ts'

/** A finding, and what became of it. */
export type ReportedFinding = Finding & { repaired: boolean }

/** What an audit compared, found, and did about it. No personal data. */
export type AuditReport = {
  at: string
  /** credits that the rules say should have been given, by what they were for */
  expected: { memberships: number; purchases: number }
  /** credits that lots say were given, by the type of their origin */
  given: Record<string, number>
  payments: { purchase: string; paid: boolean; bought: number; taken_back: number }[]
  findings: ReportedFinding[]
  /** credits that corrections move, which the policy's cap is for */
  moved: number
  needs_approval: boolean
  /** credits for the trouble; 0 where there are none */
  bonus: number
  /** memberships whose history is not whole, so that nobody can say what they should have given */
  unaudited: string[]
  /** payments whose provider could not be asked */
  unasked: string[]
}

/** What is said of an audit's findings before anything is done about them. */
export function reportOf(
  policy: Policy,
  db: LedgerSnapshot,
  at: Date,
  asked: { unasked: string[]; heard: string[] },
): AuditReport {
  const result: AuditResult = audit(policy, db, at.toISOString())
  const found = [...result.findings].map(finding => ({ ...finding, repaired: false }))
  const heard = asked.heard.map(missedRenewal)
  const { rules } = result
  const sum = (type: string) =>
    rules.grants.filter(({ origin }) => origin.type.startsWith(type)).reduce((n, { amount }) => n + amount, 0)
  const moved = creditsMoved(result.findings)
  const { approval_above } = policy.audit
  const mendable = [...heard, ...found.filter(({ repairs }) => repairs.length > 0)]
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
    findings: [...heard, ...found],
    moved,
    needs_approval: approval_above !== null && moved > approval_above,
    bonus: auditBonus(policy, mendable, at, db.account.time_zone)?.amount ?? 0,
    unaudited: rules.unaudited,
    unasked: asked.unasked,
  }
}

/** A membership whose payment was found by asking, and which has given its credits since. */
function missedRenewal(subject: string): ReportedFinding {
  const none = { at: null, source: null, credits: 0, repairs: [] }
  return { ...none, kind: 'renewal_missed', subject, hurts: true, repaired: true }
}

/** The findings of a report that are still there, just as they were: what has changed since, nobody decided on. */
export function unchangedFindings(
  policy: Policy,
  db: LedgerSnapshot,
  at: Date,
  report: AuditReport,
): Finding[] {
  const told = new Set(report.findings.filter(({ repaired }) => !repaired).map(identity))
  return audit(policy, db, at.toISOString()).findings.filter(finding => told.has(identity(finding)))
}

/** What was found and is not there any more was repaired. */
export function withOutcome(policy: Policy, db: LedgerSnapshot, at: Date, report: AuditReport): AuditReport {
  const open = new Set(audit(policy, db, at.toISOString()).findings.map(identity))
  const findings = report.findings.map(finding => ({
    ...finding,
    repaired: finding.repaired || !open.has(identity(finding)),
  }))
  return { ...report, findings }
}

function identity({ kind, subject, credits }: Finding): string {
  return JSON.stringify([kind, subject, credits])
}
