import type { Policy } from '../policy/policy.ts'

/** Later than any expiry, so that credits without one are spent last. */
const NEVER = '9999-12-31T23:59:59.999Z'

/**
 * The key by which a lot takes its place in the order of use: the book draws lots in the order of this text (bytewise)
 * and breaks ties by the lot's id, the older first. It is computed once, when the lot is granted (XD-17, KV-03, LS-13).
 */
export function spendKey(policy: Policy, sourceName: string, expiresAt: Date | null): string {
  const rank = Object.keys(policy.sources).indexOf(sourceName)
  const parts = {
    expiry: expiresAt ? expiresAt.toISOString() : NEVER,
    source: String(rank).padStart(2, '0'),
  }
  return policy.spending.order.map(criterion => parts[criterion]).join(' ')
}
