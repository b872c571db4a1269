import { type CommandRef, command, type Db, type Replayable, type Totals } from '../../core/command.ts'

/** The corrections of a generation that defect reports allow, and those made. */
export type Corrections = { allowed: number; used: number }

/**
 * Reports a defect in a generation's result. It allows one more correction than were made before, so repeating it has no
 * effect (LS-03).
 * @throws Refused not_found
 */
export function reportDefect(
  db: Db,
  ref: CommandRef,
  generation: string,
  report: string,
): Promise<{ corrections: Corrections; totals: Totals } & Replayable> {
  const operation_key = `faulty/${generation}/${report}`
  return command(db, 'report_defect', { ...ref, operation_key }, { generation }, { generation })
}
