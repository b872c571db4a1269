import type { Policy } from '../policy/policy.ts'
import { spendKey } from './spending-order.ts'
import { expiryOf, sourceOf } from './validity.ts'

/** What the policy says of credits of a source that are given now: when they die, what freezes them, what goes first. */
export type LotTerms = {
  source: string
  expires_at: Date | null
  members_only: boolean
  spend_key: string
  terms: { policy_version: number; validity: string }
}

/**
 * The terms of a lot of a source.
 * @param stated the expiry that the grant itself says, which wins; null means never
 * @throws Refused invalid_request for an unknown source, or one whose grants must say their expiry and this one does not
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
