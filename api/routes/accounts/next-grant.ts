import type { Membership } from '../../../domain/memberships/membership.ts'
import { showMembership } from '../../../domain/memberships/view.ts'

/** The earliest next grant of an account's memberships. */
export function nextGrantOf(known: { status: Membership }[], now: Date) {
  const grants = known.map(({ status }) => showMembership(status, [], now.toISOString()).next_grant)
  return grants.filter(grant => grant !== null).sort((a, b) => (a.at < b.at ? -1 : 1))[0] ?? null
}
