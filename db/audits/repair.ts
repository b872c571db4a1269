import type { LedgerRepair, LotToGive } from '../../domain/audits/repairs.ts'
import { type Command, command, type Db, type Replayable, type Totals } from '../core/command.ts'

export type LedgerCorrection = {
  audit: string
  /** how many entries the account had when it was decided on; one more, and it must be decided anew */
  last_entry: number
  mends: LedgerRepair[]
  /** given once under its key, which names what it is for: two audits at the same time give it once */
  bonus: (Omit<LotToGive, 'origin'> & { amount: number; key: string }) | null
  /** who approved it, where that was needed */
  approved_by: string | null
}

/** The operation key of what an audit corrects: at once or once it is approved, it happens once. */
export function auditKey(audit: string): string {
  return `audit/${audit}`
}

/**
 * Mends what an audit found, all or nothing: first the book is made to agree with itself, then credits move, each by an
 * entry that says why. Entries are never touched: what they say wrongly is made up for by others, and where the chain does
 * not fit it is sealed.
 * @returns the bonus that was given, in credits
 */
export function repairLedger(
  db: Db,
  which: Omit<Command, 'operation_key'>,
  correction: LedgerCorrection,
): Promise<{ bonus: number; totals: Totals } & Replayable> {
  const { audit } = correction
  return command(db, 'mend_book', { ...which, operation_key: auditKey(audit) }, { audit }, correction)
}
