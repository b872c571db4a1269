import type { StoredTransition } from '../memberships/transitions.ts'
import type { PaymentFacts } from '../purchases/payment-facts.ts'
import type { Purchase } from '../purchases/purchase.ts'

/** What is on the book for one account, read at one moment, as far as an audit compares it (BR-16). Times are ISO 8601 UTC. */
export type LedgerSnapshot = {
  account: Sums & { member_until: string | null; time_zone: string; last_entry: number }
  /** what the open holds, the debts and the last entry say that the account's row should say */
  derived: { open_holds: number; debt: number; head_fits: boolean }
  lots: AuditedLot[]
  /** lots that entries tell of and that are not there */
  lost: { lot: string; key: string; entries: States }[]
  breaks: ChainBreak[]
  /** generations that are reserved, with what they hold */
  holds: { generation: string; deadline: string; held: number }[]
  /** what entries hold for generations that are over, and what was spent on those, as they and as their entries say */
  orphaned_holds: { generation: string; lot: string; held: number; spent: number; spent_by_entries: number }[]
  memberships: AuditedMembership[]
  purchases: AuditedPurchase[]
  /** lots that came of codes, and what the code gives */
  redeemed: { purchase: string; lot: string; credits: number }[]
  /** what earlier audits gave and took, by the key of the grant that it stands for */
  corrections: Correction[]
  /** what else the book says against itself, in words */
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
  /** the operation key under which it was issued; null where no entry says so */
  key: string | null
  /** whether the book remembers the act of that key */
  known: boolean
  /** whether it stands for credits that came back to a lot that had expired */
  is_replacement: boolean
  /** what its entries add up to; null where it has none */
  entries: States | null
  /** whether one of its entries does not fit into the chain */
  doubtful: boolean
}

/** An entry whose link does not fit, and what its hash should be. */
export type ChainBreak = { entry: number; digest: string }

export type AuditedMembership = {
  id: string
  covered_until: string
  /** how many moves were made of it, and what those were decided on of which that was kept */
  made: number
  transitions: StoredTransition[]
}

export type AuditedPurchase = {
  id: string
  status: Purchase
  facts: PaymentFacts
  /** whether its credits were late before they came */
  late: boolean
  /** credits that were taken back for money that went back, or are owed for it */
  taken: number
}

/** Credits that an audit gave in a lot, or took of one (below 0). */
export type Correction = { subject: string; lot: string; credits: number }
