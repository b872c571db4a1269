import { count } from '../shared/plain-words.ts'
import type { FindingKind } from './audit.ts'
import type { AuditReport, ReportedFinding } from './report.ts'

/** What the customer reads of a finding: what was the matter. Its time and what was done are said around it. */
const WHAT: Record<FindingKind, (finding: ReportedFinding) => string> = {
  grant_missing: ({ credits, source }) => `${kindOf(credits, source)} had not been given to you`,
  grant_overdue: ({ credits, source }) => `${kindOf(credits, source)} were due and had not come`,
  granted_twice: ({ credits, source }) => `${kindOf(credits, source)} had been given to you twice`,
  wrong_amount: ({ credits, source, hurts }) =>
    `you had been given ${kindOf(credits, source)} too ${hurts ? 'few' : 'many'}`,
  wrong_expiry: ({ credits, source }) => `${kindOf(credits, source)} had the wrong expiry date`,
  wrong_freeze: ({ credits, source, hurts }) =>
    `${kindOf(credits, source)} were ${hurts ? 'tied' : 'not tied'} to a membership by mistake`,
  wrong_source: ({ credits, source }) =>
    `${kindOf(credits, source)} had been booked as credits of another kind`,
  unexplained_credits: ({ credits, source }) => `nothing explains ${kindOf(credits, source)}`,
  payment_without_credits: ({ credits }) =>
    `your payment had come and its ${count(credits, 'credit')} had not`,
  renewal_missed: () => 'a payment for your membership had not reached us',
  credits_without_payment: ({ credits }) =>
    `${count(credits, 'credit')} of a purchase were there, and no payment for them`,
  refund_not_taken: ({ credits }) =>
    `${count(credits, 'credit')} of a purchase were still there although its money had gone back`,
  hold_never_settled: ({ credits }) =>
    `${count(credits, 'credit')} had stayed reserved for a generation that was over`,
  orphaned_hold: ({ credits }) =>
    `${count(credits, 'credit')} had stayed reserved although their generation was over`,
  wrong_membership_end: () => 'the end of your membership was wrong',
  lot_differs: ({ credits }) => `${count(credits, 'credit')} did not agree with your history`,
  lot_missing: ({ credits }) => `${count(credits, 'credit')} of your history were missing from your balance`,
  sums_differ: () => 'your balance did not agree with your credits',
  entries_differ: () => 'a line of your history did not agree with your credits',
  chain_broken: () => 'a line of our records had been changed',
  chain_cut: () => 'the last lines of our records were not there',
  inconsistency: () => 'our records do not agree with each other',
}

/** What an audit came to, for the customer to read (BR-16). */
export function explainAudit(report: AuditReport, bonus: { given: boolean }): string {
  const { findings, at, needs_approval } = report
  const begins = `On ${dayOf(at)} we compared everything you bought and every month of your membership with your credits.`
  if (findings.length === 0) return `${begins} All of it is right.`
  const open = findings.filter(({ repaired }) => !repaired)
  return [
    `${begins} We found ${count(findings.length, 'difference')}:`,
    ...findings.map(sentence),
    open.length === 0
      ? 'All of it has been put right.'
      : needs_approval
        ? 'What is not put right yet waits for a second person of ours to look at it.'
        : 'What is not put right yet is being looked at by one of us.',
    ...(bonus.given && report.bonus > 0
      ? [`For the trouble we have added ${count(report.bonus, 'credit')}. We are sorry.`]
      : []),
  ].join('\n')
}

function sentence(finding: ReportedFinding): string {
  const { at, kind, repaired } = finding
  const when = at === null ? '' : `${dayOf(at)}: `
  return `- ${when}${WHAT[kind](finding)}${repaired ? '; this has been put right' : ''}.`
}

function kindOf(credits: number, source: string | null): string {
  return count(credits, source === null ? 'credit' : `${source.replaceAll('-', ' ')} credit`)
}

function dayOf(time: string): string {
  return time.slice(0, '2027-01-31'.length)
}
