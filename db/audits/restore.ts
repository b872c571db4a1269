import type { bonusTerms } from '../../domain/audits/repairs.ts'
import type { replacementTerms } from '../../domain/generations/reservation.ts'
import { type Command, command, type Db, type Replayable, type Totals } from '../core/command.ts'
import type { QueuedEmail } from '../emails/emails.ts'

/** The operation keys of adjustments start with it, and so do the causes under which they take credits. */
export const ADJUSTMENT = 'adjustment/'

/**
 * Restores credits that adjustments took. Credits of an expired lot get the validity of `replacement`. An adjustment that
 * was restored before moves nothing again.
 * @param requested the ids that the caller named; undefined for all of them
 * @param terms.adjustments the ids of all of them
 */
export function restoreAdjustments(
  db: Db,
  ref: Command,
  audit: string,
  requested: string[] | undefined,
  {
    adjustments,
    ...terms
  }: {
    adjustments: string[]
    replacement: ReturnType<typeof replacementTerms>
    bonus: ReturnType<typeof bonusTerms>
    emails: QueuedEmail[]
  },
): Promise<{ totals: Totals } & Replayable> {
  const args = { audit, causes: adjustments.map(id => ADJUSTMENT + id), reason: 'audit_restored', ...terms }
  return command(db, 'restore_adjustments', ref, { audit, adjustments: requested }, args)
}

/** The ids of the adjustments that took credits and were not restored. */
export async function listUnrestored(db: Db, account_key: string): Promise<Set<string>> {
  const { rows } = await db.query<{ id: string }>(
    `select distinct substr(cause, length($2) + 1) as id from clawbacks where account_key = $1 and starts_with(cause, $2)`,
    [account_key, ADJUSTMENT],
  )
  return new Set(rows.map(({ id }) => id))
}
