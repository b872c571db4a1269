import { timeOf } from '../../db/accounts/accounts.ts'
import { findMembership } from '../../db/memberships/memberships.ts'
import { storeMembershipReferences } from '../../db/memberships/references.ts'
import { step } from '../../domain/memberships/due.ts'
import { subscriptionSnapshot } from '../../domain/memberships/subscription.ts'
import { openFromProvider } from '../../domain/memberships/sync.ts'
import { plansFor } from '../../domain/memberships/terms.ts'
import { Refused } from '../../domain/shared/refusals.ts'
import type { StripePayments } from '../../payments/stripe/subscriptions.ts'
import { loadContext, type MembershipDeps, type MembershipRef } from './context.ts'
import type { MembershipStatus, NotStarted } from './status.ts'
import { stepKey, transition } from './transition.ts'

/**
 * Asks Stripe about a subscription and applies its answer. A subscription without a membership starts one.
 * @throws Refused temporarily_unavailable, not_configured, not_found
 */
export async function applySubscription(
  deps: MembershipDeps,
  ref: MembershipRef,
  subscription: string,
  notBefore?: string,
): Promise<MembershipStatus | NotStarted> {
  const found = await readSubscription(deps.stripe ?? null, subscription)
  const { account, policy, at } = await loadContext(deps, ref)
  const plans = plansFor(policy, 'stripe')
  const snapshot = subscriptionSnapshot(found.subscription, plans)
  const since = account.created_at.toISOString()
  const key = stepKey(ref, 'provider')
  const input = () => ({ kind: 'subscription' as const, snapshot, plans, since })
  const known = await findMembership(deps.db, ref.product, ref.id)
  const opened = known ? null : openFromProvider(snapshot, plans, since, at)
  if (opened && 'reason' in opened) return { reason: opened.reason, attention: opened.attention ? opened.reason : null }
  const payer = { provider: 'stripe', external_id: subscription }
  const status = await transition(deps, ref, key, input, known ? { ...(notBefore ? { notBefore } : {}) } : { payer })
  await storeMembershipReferences(deps.db, ref.product, { ...account, membership: ref.id }, found.references)
  return status
}

/**
 * Asks Stripe before a membership stops for want of payment, because the webhook of a payment may be missing.
 * @returns Stripe's refusal if it could not be asked; null where it was, or need not be
 */
export async function askBeforeStop(deps: MembershipDeps, ref: MembershipRef, due_at: string): Promise<Refused | null> {
  const found = await findMembership(deps.db, ref.product, ref.id)
  if (found?.provider !== 'stripe' || !found.external_id) return null
  const present = timeOf(found, deps.now()).toISOString()
  const { state } = step(found.status, due_at > present ? due_at : present).membership
  if (state === 'active' || state === 'trialing' || state === found.status.state) return null
  try {
    await applySubscription(deps, ref, found.external_id, due_at)
    return null
  } catch (error) {
    if (error instanceof Refused) return error
    throw error
  }
}

async function readSubscription(stripe: StripePayments | null, subscription: string) {
  if (!stripe) throw new Refused({ code: 'not_configured', detail: 'STRIPE_SECRET_KEY is not set.' })
  const found = await stripe.subscription(subscription)
  if (found) return found
  throw new Refused({ code: 'not_found', detail: `Stripe knows no subscription ${subscription}.` })
}
