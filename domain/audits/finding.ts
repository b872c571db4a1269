import type { ExpectedGrant } from './expected.ts'

/** A difference between the ledger and the rules, and its repair. */
export type Finding = {
  kind: FindingKind
  /** the grant's key, or the lot, entry, generation, membership or purchase */
  subject: string
  /** when it should have happened, if known */
  at: string | null
  source: string | null
  credits: number
  /** whether the customer had less than they should */
  hurts: boolean
  /** empty if a person must decide */
  repairs: Repair[]
}

export type FindingKind =
  | 'chain_broken'
  | 'chain_cut'
  | 'entries_differ'
  | 'lot_differs'
  | 'lot_missing'
  | 'sums_differ'
  | 'grant_missing'
  | 'grant_overdue'
  | 'granted_twice'
  | 'wrong_amount'
  | 'wrong_expiry'
  | 'wrong_freeze'
  | 'wrong_source'
  | 'unexplained_credits'
  | 'payment_without_credits'
  | 'renewal_missed'
  | 'credits_without_payment'
  | 'refund_not_taken'
  | 'hold_never_settled'
  | 'orphaned_hold'
  | 'wrong_membership_end'
  | 'inconsistency'

/** A correction of the ledger, or a step of the workflow that missed it. */
export type Repair =
  | { do: 'seal'; entry: number; digest: string }
  | { do: 'reseal' }
  /** `key`: of the lot's grant, if known */
  | { do: 'balance'; lot: string; key: string | null }
  | { do: 'recompute'; lot: string }
  | { do: 'rebuild'; lot: string; grant: ExpectedGrant }
  | { do: 'sums' }
  | { do: 'give'; subject: string; amount: number; grant: ExpectedGrant }
  | { do: 'take'; subject: string; lot: string; amount: number; cause: string | null }
  /** `gone`: the part of the amount that has expired in the lot and is granted again */
  | { do: 'replace'; subject: string; lot: string; amount: number; gone: number; grant: ExpectedGrant }
  | { do: 'release'; generation: string; lot: string; spend: number; refund: number }
  | { do: 'cover'; until: string }
  | { do: 'settle'; generation: string }
  | { do: 'apply_payments'; purchase: string }
  | { do: 'step'; membership: string }

/** A finding with the defaults of one that concerns no credits. */
export function finding(kind: FindingKind, subject: string, details: Partial<Finding> = {}): Finding {
  return { kind, subject, at: null, source: null, credits: 0, hurts: false, repairs: [], ...details }
}
