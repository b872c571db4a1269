import type { LotTerms } from '../../domain/lots/lot-terms.ts'
import { type CommandRef, command, type Db, type Replayable, type Totals } from '../core/command.ts'
import type { QueuedEmail } from '../emails/emails.ts'
import type { Lot } from '../ledger/lots/lots.ts'

/** A lot granted by support. */
export type GivenLot = LotTerms & {
  amount: number
  origin: { type: string; id: string }
  reason: string
  api_key: string
}

export type CompensationToGive = {
  compensation: string
  product: string
  generation: string | null
  cause: string
  lost: number
  bonus: number
  reason: string | null
  /** the id of the API key */
  asked_by: string
  /** the id of the approval that it needs; null if it is granted at once */
  approval: string | null
  lots: GivenLot[]
  /** queued once it is granted */
  emails: QueuedEmail[]
}

export type Compensated = { lots: Lot[]; totals: Totals } & Replayable

export function compensationKey(compensation: string): string {
  return `compensation/${compensation}`
}

/** Grants a compensation, or stores it until it is approved. @param request the caller's request */
export function compensate(db: Db, ref: CommandRef, request: unknown, given: CompensationToGive): Promise<Compensated> {
  const operation_key = compensationKey(given.compensation)
  return command(db, 'compensate', { ...ref, operation_key }, request, given)
}

/** Grants a stored compensation, once. */
export function approveCompensation(
  db: Db,
  ref: CommandRef,
  approved: { approval: string; approved_by: string; compensation: string; lots: GivenLot[]; emails: QueuedEmail[] },
): Promise<Compensated> {
  const operation_key = approvalKey(approved.approval)
  return command(db, 'approve_compensation', { ...ref, operation_key }, approved.approval, approved)
}

export function approvalKey(approval: string): string {
  return `approval/${approval}`
}

export type CompensationRecord = Pick<
  CompensationToGive,
  'compensation' | 'generation' | 'cause' | 'lost' | 'bonus'
> & { given: boolean; declined?: boolean }

/** A compensation of an account, or null. */
export async function findCompensation(
  db: Db,
  account_key: string,
  compensation: string,
): Promise<CompensationRecord | null> {
  const { rows } = await db.query<CompensationRecord>(
    `select compensation, generation, cause, lost, bonus, given_at is not null as given, declined_at is not null as declined from compensations
     where account_key = $1 and compensation = $2`,
    [account_key, compensation],
  )
  return rows[0] ?? null
}
