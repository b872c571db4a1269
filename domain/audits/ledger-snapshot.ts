import type { StoredTransition } from '../memberships/transitions.ts'
import type { PaymentFacts } from '../purchases/payment-facts.ts'
import type { Purchase } from '../purchases/purchase.ts'

/** An account's part of the ledger in one consistent read, for an audit (BR-16). Times are ISO 8601 UTC. */
export type LedgerSnapshot = {
  account: Sums & { member_until: string | null; time_zone: string; last_entry: number }
  /** the account's sums recomputed from holds, debts and the last entry */
  derived: { open_holds: number; debt: number; head_fits: boolean }
  lots: AuditedLot[]
  /** lots that have entries and do not exist */
  lost: { lot: string; key: string; entries: States }[]
  breaks: ChainBreak[]
  /** reserved generations */
  holds: { generation: string; deadline: string; held: number }[]
  /** credits that entries hold for settled generations; spent according to the generation and to its entries */
  orphaned_holds: { generation: string; lot: string; held: number; spent: number; spent_by_entries: number }[]
  memberships: AuditedMembership[]
  purchases: AuditedPurchase[]
  /** lots of redeemed codes, and the credits of the code */
  redeemed: { purchase: string; lot: string; credits: number }[]
  /** corrections of earlier audits, by the grant's key */
  corrections: Correction[]
  /** adjustments that took credits and were not restored, oldest first */
  taken_by_support: SupportDeduction[]
  /** credits revoked because their payment went back */
  money_back: number
  /** the results of verify */
  inconsistencies: { what: string; where: string }[]
}

/** Sums over an account's lots and holds, in credits. */
export type Sums = {
  available: number
  available_members_only: number
  held: number
  open_holds: number
  debt: number
}

/** The credits of one lot by their state. */
export type States = {
  granted: number
  available: number
  held: number
  spent: number
  expired: number
  revoked: number
}

export type AuditedLot = States & {
  id: string
  source: string
  granted_at: string
  expires_at: string | null
  members_only: boolean
  origin: { type: string; id: string }
  /** the operation key of its grant; null without the entry that has it */
  key: string | null
  /** whether the command of that key is recorded */
  known: boolean
  /** whether it holds credits refunded to an expired lot */
  is_replacement: boolean
  /** the sums of its entries; null without entries */
  entries: States | null
  /** whether one of its entries breaks the chain */
  doubtful: boolean
}

/** An entry that breaks the chain, and its correct hash. */
export type ChainBreak = { entry: number; digest: string }

export type AuditedMembership = {
  id: string
  covered_until: string
  /** its revision; equals the number of transitions if all are stored */
  made: number
  transitions: StoredTransition[]
  /** credits revoked by their cause, because the payment of their month went back */
  taken: Record<string, number>
}

export type AuditedPurchase = {
  id: string
  status: Purchase
  facts: PaymentFacts
  /** whether its credits were granted late */
  late: boolean
  /** credits revoked, or owed, for refunded money */
  taken: number
}

/** Credits that an audit granted in a lot, or revoked from one (negative). */
export type Correction = { subject: string; lot: string; credits: number }

/** An adjustment by which support took credits. */
export type SupportDeduction = { id: string; at: string; credits: number; reason: string }
