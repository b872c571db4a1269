import type { LedgerRepair, LotToGive } from '../../domain/audits/repairs.ts'
import { type CommandRef, command, type Db, type Replayable, type Totals } from '../core/command.ts'

export type LedgerCorrection = {
  audit: string
  /** the last entry that the decision saw; if another follows, it fails and must be decided again */
  last_entry: number
  repairs: LedgerRepair[]
  /** granted once per key, which names its reason: concurrent audits grant it once */
  bonus: (Omit<LotToGive, 'origin'> & { amount: number; key: string }) | null
  /** null if no approval was needed */
  approved_by: string | null
}

/** The operation key of an audit's corrections, with or without approval. */
export function auditKey(audit: string): string {
  return `audit/${audit}`
}

/**
 * Corrects an audit's findings in one transaction: first makes the account consistent with its entries, then moves credits
 * by entries with a reason. Entries are never changed: balancing entries correct them, and seals mark breaks of the chain.
 * @returns the granted bonus in credits
 */
export function repairLedger(
  db: Db,
  ref: CommandRef,
  correction: LedgerCorrection,
): Promise<{ bonus: number; totals: Totals } & Replayable> {
  const { audit } = correction
  return command(db, 'repair_ledger', { ...ref, operation_key: auditKey(audit) }, { audit }, correction)
}
