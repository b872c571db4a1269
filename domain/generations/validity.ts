import type { Policy } from '../policy/policy.ts'
import { addDuration } from '../shared/calendar.ts'
import { invalidRequest } from '../shared/refusals.ts'

/**
 * When credits of a source expire that are granted now; null when they never do. A lot is dead at this very instant.
 * @param stated what the grant itself says, which wins: null means never
 * @throws Refused invalid_request where the policy leaves it to the grant and the grant does not say
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
    throw invalidRequest('expires_at', `is needed: ${sourceName} credits have the validity of their grant`)
  return addDuration(grantedAt, validity, timeZone)
}

/** The policy's entry of a source. @throws Refused invalid_request naming the sources there are */
export function sourceOf(policy: Policy, sourceName: string): Policy['sources'][string] {
  const source = Object.hasOwn(policy.sources, sourceName) ? policy.sources[sourceName] : undefined
  if (source) return source
  throw invalidRequest('source', `must be one of ${Object.keys(policy.sources).join(', ')}`)
}
