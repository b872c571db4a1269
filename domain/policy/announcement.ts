import type { Membership } from '../memberships/membership.ts'
import type { Language } from '../shared/languages.ts'
import { changesFor } from './describe-changes.ts'
import type { Policy } from './policy.ts'

/** A coming version of the policy, with what it changes for one customer in the words of `policy diff` (KV-20). */
export type Announcement = {
  version: number
  /** when it applies, ISO 8601 UTC */
  applies_at: string
  changes: { heading: string; lines: string[] }[]
}

/** The announcement for a customer; null if the version changes nothing for them. */
export function announcementFor(
  current: Policy,
  next: Policy | null,
  { account, memberships }: { account: string; memberships: Pick<Membership, 'plan' | 'state'>[] },
  language: Language = 'en',
): Announcement | null {
  if (!next) return null
  const plans = memberships.filter(({ state }) => state !== 'ended').map(({ plan }) => plan)
  const changes = changesFor(current, next, { account, plans }, language)
  if (changes.length === 0) return null
  return {
    version: next.version,
    applies_at: new Date(next.published_at).toISOString(),
    changes: changes.map(({ who, lines, keeps }) => ({ heading: who, lines: keeps ? [...lines, keeps] : lines })),
  }
}
