import type { Policy } from '../policy/policy.ts'
import { addDuration } from '../shared/calendar.ts'
import { invalidRequest } from '../shared/refusals.ts'
import { spendKey } from './spending-order.ts'

/** The terms of a lot by the policy. */
export type LotTerms = {
  source: string
  expires_at: Date | null
  members_only: boolean
  spend_key: string
  terms: { policy_version: number; validity: string }
}

/**
 * The terms of a lot granted now.
 * @param stated the grant's own expiry, which takes precedence; null: never
 * @throws Refused invalid_request for an unknown source, or a missing expiry
 */
export function lotTerms(
  policy: Policy,
  source: string,
  { at, time_zone }: { at: Date; time_zone: string },
  stated?: Date | null,
): LotTerms {
  const { members_only, validity } = sourceOf(policy, source)
  const expires_at = expiryOf(policy, source, at, time_zone, stated)
  return {
    source,
    expires_at,
    members_only,
    spend_key: spendKey(policy, source, expires_at),
    terms: { policy_version: policy.version, validity },
  }
}

/**
 * The expiry of credits granted now, exclusive; null: never.
 * @param stated the grant's own expiry, which takes precedence; null: never
 * @throws Refused invalid_request if the grant must state it and does not
 */
export function expiryOf(
  policy: Policy,
  sourceName: string,
  grantedAt: Date,
  timeZone: string,
  stated?: Date | null,
): Date | null {
  if (stated !== undefined) return stated
  const { validity } = sourceOf(policy, sourceName)
  if (validity === 'never_expires') return null
  if (validity === 'stated_by_grant' || validity === 'until_next_grant')
    throw invalidRequest('expires_at', `is required: ${sourceName} credits have the validity of their grant`)
  return addDuration(grantedAt, validity, timeZone)
}

/** A source of the policy; all are for members only where spending requires a membership. @throws Refused invalid_request with the known sources */
export function sourceOf({ sources, spending }: Policy, sourceName: string): Policy['sources'][string] {
  const source = Object.hasOwn(sources, sourceName) ? sources[sourceName] : undefined
  if (source) return { ...source, members_only: source.members_only || spending.requires_membership }
  throw invalidRequest('source', `must be one of ${Object.keys(sources).join(', ')}`)
}
