import type { Language } from '../shared/languages.ts'
import { type Deductions, deductedBySupport } from './deductions.ts'
import type { AuditReport, AuditState, ReportedFinding } from './report.ts'
import { de } from './texts/de.ts'
import { type AuditTexts, en } from './texts/en.ts'
import { ko } from './texts/ko.ts'

const texts: Record<Language, AuditTexts> = { en, de, ko }

/**
 * An audit's result for the customer, a sentence a line (BR-16, BR-20).
 * @param state of the audit: the bonus comes with done
 * @param unrestored the adjustments of the account that were not restored until now
 */
export function explainAudit(
  report: AuditReport,
  { state, unrestored }: { state: AuditState; unrestored: ReadonlySet<string> },
  language: Language = 'en',
): string {
  const t = texts[language]
  const { findings, at, needs_approval, deductions } = report
  const begins = t.begins(dayOf(at))
  const returned = describeReturned(t, report)
  const deducted = describeDeductions(t, deductions, unrestored)
  if (findings.length === 0) {
    const verdict = deductions.by_support.length > 0 ? t.granted_correctly : t.correct
    return [`${begins} ${verdict}`, ...returned, ...deducted].join('\n')
  }
  const open = findings.filter(({ repaired }) => !repaired)
  return [
    `${begins} ${t.found(findings.length)}`,
    ...findings.map(finding => sentence(t, finding)),
    open.length === 0
      ? t.all_corrected
      : needs_approval
        ? t[state === 'declined' ? 'declined' : 'needs_approval']
        : t.open,
    ...returned,
    ...deducted,
    ...(state === 'done' && report.bonus > 0 ? [t.apology(report.bonus)] : []),
  ].join('\n')
}

/** The credits that a customer may miss although nothing is wrong. */
function describeReturned(t: AuditTexts, { returned }: AuditReport): string[] {
  return returned
    .filter(({ taken_back }) => taken_back > 0)
    .map(({ month, taken_back }) => t.month_returned(taken_back, dayOf(month)))
}

/** Where the received credits are, and each deduction by support; nothing if all of them are left. */
function describeDeductions(t: AuditTexts, deductions: Deductions, unrestored: ReadonlySet<string>): string[] {
  const { granted, available, by_support } = deductions
  if (granted === available) return []
  const kinds = ['spent', 'held', 'expired', 'money_back', 'corrections'] as const
  const removed = deductedBySupport(deductions)
  const parts = [
    ...kinds.filter(kind => deductions[kind] > 0).map(kind => t[kind](deductions[kind])),
    ...(removed > 0 ? [t.by_support(removed)] : []),
    t.available(available),
  ]
  const open = by_support.filter(({ id }) => unrestored.has(id)).reduce((sum, { credits }) => sum + credits, 0)
  return [
    `${t.received(granted)} ${t.list(parts)}.`,
    ...by_support.map(
      ({ id, at, credits, reason }) =>
        `- ${t.removed(credits, dayOf(at), reason)}${unrestored.has(id) ? '' : `; ${t.restored}`}.`,
    ),
    ...(open > 0 ? [t.offer(open)] : []),
  ]
}

function sentence(t: AuditTexts, finding: ReportedFinding): string {
  const { at, kind, repaired } = finding
  const when = at === null ? '' : `${dayOf(at)}: `
  return `- ${when}${t.findings[kind](finding)}${repaired ? `; ${t.corrected}` : ''}.`
}

function dayOf(time: string): string {
  return time.slice(0, '2027-01-31'.length)
}
