import type { Policy } from '../policy/policy.ts'
import { auditConsistency, correctedLots, otherInconsistencies } from './consistency.ts'
import { computeExpected, type ExpectedState } from './expected.ts'
import { type Finding, finding } from './finding.ts'
import { auditGrants } from './grants.ts'
import type { LedgerSnapshot } from './ledger-snapshot.ts'

/** The findings of an audit, and what it compared. */
export type AuditResult = { findings: Finding[]; rules: ExpectedState; given: Record<string, number> }

/** How long after its deadline a hold counts as abandoned by its workflow. */
const HOLD_PATIENCE_MS = 3_600_000

/** Compares an account's ledger with what the rules expect. @param at the account's time */
export function audit(policy: Policy, ledger: LedgerSnapshot, at: string): AuditResult {
  const rules = computeExpected(policy, ledger, at)
  const lots = correctedLots(ledger, rules)
  const findings = [
    ...auditConsistency(ledger, lots, rules),
    ...auditGrants(rules, { ...ledger, lots }, at),
    ...missedSteps(ledger, rules, at),
    ...membershipEnd(ledger, rules, at),
    ...otherInconsistencies(ledger),
  ]
  const given: Record<string, number> = {}
  for (const { origin, granted } of lots) given[origin.type] = (given[origin.type] ?? 0) + granted
  return { findings, rules, given }
}

/** Steps that workflows should have taken. */
function missedSteps({ holds }: LedgerSnapshot, { overdue, purchases }: ExpectedState, at: string): Finding[] {
  const abandoned = new Date(Date.parse(at) - HOLD_PATIENCE_MS).toISOString()
  return [
    ...holds
      .filter(({ deadline }) => deadline < abandoned)
      .map(({ generation, deadline, held }) =>
        finding('hold_never_settled', generation, {
          at: deadline,
          credits: held,
          hurts: true,
          repairs: [{ do: 'settle', generation }],
        }),
      ),
    ...overdue.map(({ membership, grants }) =>
      finding('grant_overdue', membership, {
        at: grants[0]?.at ?? null,
        source: grants[0]?.source ?? null,
        credits: grants.reduce((sum, { amount }) => sum + amount, 0),
        hurts: true,
        repairs: [{ do: 'step', membership }],
      }),
    ),
    ...purchases.flatMap(({ id, owed, to_take }) => {
      const repairs = [{ do: 'apply_payments' as const, purchase: id }]
      return [
        ...(owed > 0 ? [finding('payment_without_credits', id, { credits: owed, hurts: true, repairs })] : []),
        ...(to_take > 0 ? [finding('refund_not_taken', id, { credits: to_take, repairs })] : []),
      ]
    }),
  ]
}

/** The end of the membership, which decides on freezing. Past ends count as equal. */
function membershipEnd({ account, memberships }: LedgerSnapshot, rules: ExpectedState, at: string): Finding[] {
  const { covered_until } = rules
  if (memberships.length === 0 || covered_until === null || rules.overdue.length > 0) return []
  const expected = covered_until > at ? covered_until : null
  const actual = account.member_until !== null && account.member_until > at ? account.member_until : null
  if (expected === actual) return []
  return [
    finding('wrong_membership_end', 'member_until', {
      at: expected,
      hurts: expected !== null && (actual === null || actual < expected),
      repairs: [{ do: 'cover', until: covered_until }],
    }),
  ]
}
