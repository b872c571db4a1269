import type { LotTerms } from '../../domain/generations/lot-terms.ts'
import { type Command, command, type Db, type Replayable, type Totals } from '../core/command.ts'
import type { Lot } from '../ledger/lots/lots.ts'

/** A lot that an act of support gives. */
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
  /** the key that asks */
  asked_by: string
  /** the approval that it waits for; null where it is given at once */
  approval: string | null
  lots: GivenLot[]
}

export type Compensated = { lots: Lot[]; totals: Totals } & Replayable

/** The operation key of a compensation. */
export function compensationKey(compensation: string): string {
  return `compensation/${compensation}`
}

/** Gives a compensation, or lets it wait for an approval. @param request what was asked for */
export function compensate(
  db: Db,
  which: Omit<Command, 'operation_key'>,
  request: unknown,
  given: CompensationToGive,
): Promise<Compensated> {
  const operation_key = compensationKey(given.compensation)
  return command(db, 'compensate', { ...which, operation_key }, request, given)
}

/** Gives a compensation that waited, once, whoever approves. */
export function approveCompensation(
  db: Db,
  which: Omit<Command, 'operation_key'>,
  approved: { approval: string; approved_by: string; compensation: string; lots: GivenLot[] },
): Promise<Compensated> {
  const { approval } = approved
  return command(
    db,
    'approve_compensation',
    { ...which, operation_key: approvalKey(approval) },
    approval,
    approved,
  )
}

/** The operation key of what an approval lets happen. */
export function approvalKey(approval: string): string {
  return `approval/${approval}`
}

/** A compensation as it was asked for. */
export type CompensationRecord = Pick<
  CompensationToGive,
  'compensation' | 'generation' | 'cause' | 'lost' | 'bonus'
> & { given: boolean }

/** A compensation of an account, or null. */
export async function findCompensation(
  db: Db,
  account_key: string,
  compensation: string,
): Promise<CompensationRecord | null> {
  const { rows } = await db.query<CompensationRecord>(
    `select compensation, generation, cause, lost, bonus, given_at is not null as given from compensations
     where account_key = $1 and compensation = $2`,
    [account_key, compensation],
  )
  return rows[0] ?? null
}
