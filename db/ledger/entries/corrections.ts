import { type CommandRef, command, type Db, type Replayable, type Totals } from '../../core/command.ts'

/** The corrections of a generation that defect reports allow, and those made. */
export type Corrections = { allowed: number; used: number }

/** A report of a defective result. @param items from 0; all outputs if left out */
export type DefectReport = { generation: string; items?: number[] | undefined; reason?: string | undefined }

/**
 * Records a report. If the product corrects defects, it allows one more correction than were made before, so repeating it
 * allows no more (LS-03).
 * @param key of the report
 * @throws Refused not_found
 */
export function reportDefect(
  db: Db,
  ref: CommandRef,
  report: DefectReport,
  { key, corrects }: { key: string; corrects: boolean },
): Promise<{ corrections: Corrections; totals: Totals } & Replayable> {
  const operation_key = `faulty/${report.generation}/${key}`
  return command(db, 'report_defect', { ...ref, operation_key }, report, { ...report, corrects })
}
