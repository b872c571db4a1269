import { type Command, command, type Db, type Totals } from '../core/command.ts'

/**
 * Says until when the account is a member. Extends the running period, ends it (until = now: members-only credits
 * freeze at that instant, XD-09), or, after a lapse, begins a new one; no lot is touched. Past periods are kept.
 */
export function setMemberUntil(
  db: Db,
  which: Command,
  until: Date,
): Promise<{ member_until: string | null; totals: Totals }> {
  return command(db, 'set_member_until', which, { until }, { until })
}
