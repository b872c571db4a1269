import { type Command, command, type Db, type Replayable, type Totals } from '../../core/command.ts'

/** How many corrections of a generation the reports of it allow, and how many were made. */
export type Corrections = { allowed: number; used: number }

/**
 * Records that a generation's result was reported as faulty: one more correction may be made of it than were made
 * before, so that a report, however often it is repeated, allows one (LS-03).
 * @throws Refused not_found
 */
export function reportFaulty(
  db: Db,
  which: Omit<Command, 'operation_key'>,
  generation: string,
  report: string,
): Promise<{ corrections: Corrections; totals: Totals } & Replayable> {
  const operation_key = `faulty/${generation}/${report}`
  return command(db, 'report_faulty', { ...which, operation_key }, { generation }, { generation })
}
