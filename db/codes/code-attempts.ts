import type { Db } from '../core/command.ts'

/** The table in which wrong codes are counted (rate-limiter-flexible reads and writes it). */
export const codeAttemptsTable = 'code_attempts'

/** Deletes the counters whose window has passed. */
export async function deleteExpiredAttempts(db: Db, now: Date): Promise<void> {
  await db.query(`delete from ${codeAttemptsTable} where expire < $1`, [now.getTime()])
}
