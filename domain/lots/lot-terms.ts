import type { Policy } from '../policy/policy.ts'
import { spendKey } from './spending-order.ts'
import { expiryOf, sourceOf } from './validity.ts'

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
