import type { LedgerSnapshot, SupportDeduction } from './ledger-snapshot.ts'

/** Where the credits that an account received are now. The amounts sum to `granted`. */
export type Deductions = {
  granted: number
  available: number
  held: number
  spent: number
  /** booked or not */
  expired: number
  /** revoked because their payment went back */
  money_back: number
  /** revoked by the corrections of audits, most of them granted again */
  corrections: number
  /** those that were not restored before the audit */
  by_support: SupportDeduction[]
}

/** Explains every credit that the account no longer has. @param at the account's time */
export function computeDeductions({ lots, taken_by_support, money_back }: LedgerSnapshot, at: string): Deductions {
  const sum = (of: (lot: LedgerSnapshot['lots'][number]) => number) => lots.reduce((all, lot) => all + of(lot), 0)
  const isExpired = ({ expires_at }: { expires_at: string | null }) => expires_at !== null && expires_at <= at
  const by_support = taken_by_support
  const removed = by_support.reduce((all, { credits }) => all + credits, 0)
  return {
    granted: sum(lot => lot.granted),
    available: sum(lot => (isExpired(lot) ? 0 : lot.available)),
    held: sum(lot => lot.held),
    spent: sum(lot => lot.spent),
    expired: sum(lot => lot.expired + (isExpired(lot) ? lot.available : 0)),
    money_back,
    corrections: Math.max(0, sum(lot => lot.revoked) - money_back - removed),
    by_support,
  }
}

/** The credits that support took. */
export function deductedBySupport({ by_support }: Deductions): number {
  return by_support.reduce((sum, { credits }) => sum + credits, 0)
}
