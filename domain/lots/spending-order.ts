import type { Policy } from '../policy/policy.ts'

/** Sorts after every expiry, so that credits without one are spent last. */
const NEVER = '9999-12-31T23:59:59.999Z'

/**
 * The sort key of a lot in the spending order, computed at the grant. The ledger draws lots by this text (bytewise), then by
 * lot id, oldest first (XD-17, KV-03, LS-13).
 */
export function spendKey(policy: Policy, sourceName: string, expiresAt: Date | null): string {
  const rank = Object.keys(policy.sources).indexOf(sourceName)
  const parts = {
    expiry: expiresAt ? expiresAt.toISOString() : NEVER,
    source: String(rank).padStart(2, '0'),
  }
  return policy.spending.order.map(criterion => parts[criterion]).join(' ')
}
