import { plannedGrant } from '../memberships/view.ts'
import { type EntitlementContext, runningMemberships } from '../policy/entitlements.ts'
import type { Policy } from '../policy/policy.ts'
import { offersFor } from '../purchases/packs.ts'
import type { Refusal } from '../shared/refusals.ts'

/**
 * Adds to a refusal for want of credits or by fair use what helps: the packs that the account may buy, and the next credits of
 * its memberships (LS-19).
 */
export function withWaysOn(policy: Policy, account: string, context: EntitlementContext, refusal: Refusal): Refusal {
  if (refusal.code !== 'insufficient_credits' && refusal.code !== 'fair_use_reached') return refusal
  const running = runningMemberships(context)
  const buyer = { account, is_member: running.length > 0, plans: running.map(({ plan }) => plan) }
  const packs = offersFor(policy, buyer).map(({ id }) => id)
  const [next_grant = null] = running
    .flatMap(membership => {
      const { at, amount } = plannedGrant(membership) ?? {}
      return at && amount ? [{ at, amount }] : []
    })
    .sort((a, b) => (a.at < b.at ? -1 : 1))
  const ways = { packs, ...(refusal.code === 'insufficient_credits' ? { next_grant } : {}) }
  const buy = packs.length > 0 ? ` Packs that can be bought: ${packs.join(', ')}.` : ''
  return { ...refusal, ...ways, ...(refusal.detail ? { detail: `${refusal.detail}${buy}` } : {}) }
}
