import { and, count } from '../../shared/plain-words.ts'
import type { ReportedFinding } from '../report.ts'

type Words = (finding: ReportedFinding) => string

const credits = (n: number) => count(n, 'credit')
const are = (n: number) => (n === 1 ? 'is' : 'are')
const were = (n: number) => (n === 1 ? 'was' : 'were')
const of = ({ credits: n, source }: ReportedFinding) =>
  count(n, source === null ? 'credit' : `${source.replaceAll('-', ' ')} credit`)

/** English texts of an audit's outcome; their type requires the same keys of every language. */
export const en = {
  begins: (day: string) => `On ${day} we compared your purchases and every month of your membership with your credits.`,
  correct: 'Everything is correct.',
  granted_correctly: 'Everything that you should have received was granted.',
  found: (n: number) => `We found ${count(n, 'difference')}:`,
  corrected: 'corrected',
  all_corrected: 'Everything has been corrected.',
  needs_approval: 'The rest waits for the approval of a second person in our team.',
  declined:
    'A second person in our team has looked at the rest and left it as it is. If you disagree, tell our support.',
  open: 'Our team is looking at the rest.',
  month_returned: (n: number, day: string) =>
    `${credits(n)} of your month that began on ${day} ${were(n)} revoked, because its payment went back.`,
  apology: (n: number) => `We are sorry, and have added ${credits(n)} to your account.`,
  received: (n: number) => `Of the ${credits(n)} that you received,`,
  spent: (n: number) => `${n} ${were(n)} spent on generations`,
  held: (n: number) => `${n} ${are(n)} reserved for work in progress`,
  expired: (n: number) => `${n} expired`,
  money_back: (n: number) => `${n} ${were(n)} revoked, because their payment went back`,
  corrections: (n: number) => `${n} ${were(n)} revoked or replaced by corrections`,
  by_support: (n: number) => `${n} ${were(n)} removed by our support`,
  available: (n: number) => `${n} ${are(n)} left`,
  list: and,
  removed: (n: number, day: string, reason: string) =>
    `${day}: our support removed ${credits(n)}. The reason given: ${reason}`,
  restored: 'restored',
  offer: (n: number) =>
    `If ${n === 1 ? 'this credit' : `these ${credits(n)}`} should not have been removed, tell our support, and we restore ${n === 1 ? 'it' : 'them'}.`,
  findings: {
    grant_missing: finding => `${of(finding)} were not granted`,
    grant_overdue: finding => `${of(finding)} were due and were not granted`,
    granted_twice: finding => `${of(finding)} were granted twice`,
    wrong_amount: finding => `${of(finding)} too ${finding.hurts ? 'few' : 'many'} were granted`,
    wrong_expiry: finding => `${of(finding)} had the wrong expiry date`,
    wrong_freeze: finding => `${of(finding)} were ${finding.hurts ? '' : 'not '}limited to members by mistake`,
    wrong_source: finding => `${of(finding)} were recorded as another kind of credits`,
    unexplained_credits: finding => `${of(finding)} had no known reason`,
    payment_without_credits: finding => `a payment arrived without its ${of(finding)}`,
    renewal_missed: () => 'a payment for your membership was not recorded',
    credits_without_payment: finding => `${of(finding)} of a purchase had no payment`,
    refund_not_taken: finding => `${of(finding)} of a payment that went back were still available`,
    hold_never_settled: finding => `${of(finding)} stayed reserved for a generation that had ended`,
    orphaned_hold: finding => `${of(finding)} stayed reserved for a generation that had ended`,
    wrong_membership_end: () => 'the end of your membership was wrong',
    lot_differs: finding => `${of(finding)} did not match your history`,
    lot_missing: finding => `${of(finding)} of your history were missing from your balance`,
    sums_differ: () => 'your balance did not match your credits',
    entries_differ: () => 'an entry of your history did not match your credits',
    chain_broken: () => 'an entry of our records was changed',
    chain_cut: () => 'the last entries of our records were missing',
    inconsistency: () => 'our records contradict each other',
  } satisfies Record<ReportedFinding['kind'], Words> as Record<ReportedFinding['kind'], Words>,
}

export type AuditTexts = typeof en
