import { count } from '../shared/plain-words.ts'
import type { FindingKind } from './finding.ts'
import type { AuditReport, ReportedFinding } from './report.ts'

/** A finding in words for customers. */
const DESCRIPTIONS: Record<FindingKind, (finding: ReportedFinding) => string> = {
  grant_missing: finding => `${credits(finding)} were not granted`,
  grant_overdue: finding => `${credits(finding)} were due and were not granted`,
  granted_twice: finding => `${credits(finding)} were granted twice`,
  wrong_amount: finding => `${credits(finding)} too ${finding.hurts ? 'few' : 'many'} were granted`,
  wrong_expiry: finding => `${credits(finding)} had the wrong expiry date`,
  wrong_freeze: finding => `${credits(finding)} were ${finding.hurts ? '' : 'not '}limited to members by mistake`,
  wrong_source: finding => `${credits(finding)} were recorded as another kind of credits`,
  unexplained_credits: finding => `${credits(finding)} had no known reason`,
  payment_without_credits: finding => `a payment arrived without its ${credits(finding)}`,
  renewal_missed: () => 'a payment for your membership was not recorded',
  credits_without_payment: finding => `${credits(finding)} of a purchase had no payment`,
  refund_not_taken: finding => `${credits(finding)} of a payment that went back were still available`,
  hold_never_settled: finding => `${credits(finding)} stayed reserved for a generation that had ended`,
  orphaned_hold: finding => `${credits(finding)} stayed reserved for a generation that had ended`,
  wrong_membership_end: () => 'the end of your membership was wrong',
  lot_differs: finding => `${credits(finding)} did not match your history`,
  lot_missing: finding => `${credits(finding)} of your history were missing from your balance`,
  sums_differ: () => 'your balance did not match your credits',
  entries_differ: () => 'an entry of your history did not match your credits',
  chain_broken: () => 'an entry of our records was changed',
  chain_cut: () => 'the last entries of our records were missing',
  inconsistency: () => 'our records contradict each other',
}

/** An audit's result for the customer (BR-16). */
export function explainAudit(report: AuditReport, bonus: { given: boolean }): string {
  const { findings, at, needs_approval } = report
  const begins = `On ${dayOf(at)} we compared your purchases and every month of your membership with your credits.`
  const returned = describeReturned(report)
  if (findings.length === 0) return [`${begins} Everything is correct.`, ...returned].join('\n')
  const open = findings.filter(({ repaired }) => !repaired)
  return [
    `${begins} We found ${count(findings.length, 'difference')}:`,
    ...findings.map(sentence),
    open.length === 0
      ? 'Everything has been corrected.'
      : needs_approval
        ? 'The rest waits for the approval of a second person in our team.'
        : 'Our team is looking at the rest.',
    ...returned,
    ...(bonus.given && report.bonus > 0
      ? [`We are sorry, and have added ${count(report.bonus, 'credit')} to your account.`]
      : []),
  ].join('\n')
}

/** The credits that a customer may miss although nothing is wrong. */
function describeReturned({ returned }: AuditReport): string[] {
  return returned
    .filter(({ taken_back }) => taken_back > 0)
    .map(
      ({ month, taken_back }) =>
        `${count(taken_back, 'credit')} of your month that began on ${dayOf(month)} were revoked, because its payment went back.`,
    )
}

function sentence(finding: ReportedFinding): string {
  const { at, kind, repaired } = finding
  const when = at === null ? '' : `${dayOf(at)}: `
  return `- ${when}${DESCRIPTIONS[kind](finding)}${repaired ? '; corrected' : ''}.`
}

function credits({ credits: n, source }: ReportedFinding): string {
  return count(n, source === null ? 'credit' : `${source.replaceAll('-', ' ')} credit`)
}

function dayOf(time: string): string {
  return time.slice(0, '2027-01-31'.length)
}
