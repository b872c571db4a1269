import { addDuration } from '../shared/calendar.ts'
import type { Membership } from './membership.ts'

/**
 * When credits granted at a time within a month expire: never, after their validity, or with the month, which ends unused
 * monthly credits (BR-02). A membership states no expiry of its own, so `stated_by_grant` means the month's end too.
 */
export function expiryOfMonthlyCredits(membership: Membership, at: string, monthEnds: string): string | null {
  const { validity } = membership.terms
  if (validity === null || validity === 'never_expires') return null
  if (validity === 'until_next_grant' || validity === 'stated_by_grant') return monthEnds
  return addDuration(new Date(at), validity, membership.time_zone).toISOString()
}
