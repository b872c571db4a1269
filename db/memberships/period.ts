import { type Command, command, type Db, type Totals } from '../core/command.ts'

/**
 * Sets the end of the account's membership: extends the current period, ends it (until = now: members-only credits freeze
 * at that instant, XD-09), or starts a new one after a lapse. No lot changes.
 */
export function setMemberUntil(
  db: Db,
  ref: Command,
  until: Date,
): Promise<{ member_until: string | null; totals: Totals }> {
  return command(db, 'set_member_until', ref, { until }, { until })
}
