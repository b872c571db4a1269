import { timeOf } from '../../db/accounts/accounts.ts'
import { clearAttention, keepAttention } from '../../db/attention/raise.ts'
import { databaseTime } from '../../db/core/clock.ts'
import { findMembership } from '../../db/memberships/memberships.ts'
import { storeMembershipReferences } from '../../db/memberships/references.ts'
import { step } from '../../domain/memberships/due.ts'
import type { Membership } from '../../domain/memberships/membership.ts'
import { subscriptionSnapshot } from '../../domain/memberships/subscriptions/subscription.ts'
import { openFromProvider } from '../../domain/memberships/subscriptions/sync.ts'
import { plansFor } from '../../domain/memberships/terms.ts'
import type { TransitionInput } from '../../domain/memberships/transitions.ts'
import { Refused } from '../../domain/shared/refusals.ts'
import type { StripeSubscription } from '../../payments/stripe/subscriptions.ts'
import { STEP_REASONS } from '../attention.ts'
import { loadContext, type MembershipDeps, type MembershipRef, pastOf } from './context.ts'
import type { MembershipStatus, NotStarted } from './status.ts'
import { stepKey, transition } from './transition.ts'

/** A reading of a subscription at Stripe. Histories keep it, so it has no personal data. */
export type SubscriptionReading = Pick<StripeSubscription, 'subscription' | 'references'> & {
  id: string
  /** when Stripe was read, by PostgreSQL's clock: an older reading changes nothing */
  as_of: string
}

/**
 * Reads a membership's subscription from Stripe.
 * @param subscription of a membership that does not exist yet
 * @throws Refused temporarily_unavailable, not_configured, not_found
 */
export async function readSubscription(
  { db, stripe }: MembershipDeps,
  { product, id }: MembershipRef,
  subscription: string | undefined,
): Promise<SubscriptionReading> {
  const known = await findMembership(db, product, id)
  const paidBy = known ? known.provider === 'stripe' && known.external_id : subscription
  if (!paidBy) throw new Refused({ code: 'not_found', detail: 'The membership is not paid through Stripe.' })
  if (!stripe) throw new Refused({ code: 'not_configured', detail: 'STRIPE_SECRET_KEY is not set.' })
  const as_of = (await databaseTime(db)).toISOString()
  const found = await stripe.subscription(paidBy)
  if (found) return { id: paidBy, subscription: found.subscription, references: found.references, as_of }
  throw new Refused({ code: 'not_found', detail: `Stripe knows no subscription ${paidBy}.` })
}

/** Applies what Stripe said. A subscription without a membership starts one. A reading older than the last changes nothing. */
export async function applySubscription(
  deps: MembershipDeps,
  ref: MembershipRef,
  { id: external_id, subscription, references, as_of }: SubscriptionReading,
  notBefore?: string,
): Promise<MembershipStatus | NotStarted> {
  const { account, policy, at } = await loadContext(deps, ref)
  const subject = { product: ref.product, subject: 'membership' as const, id: ref.id }
  const known = await findMembership(deps.db, ref.product, ref.id)
  const plans = plansFor(policy, 'stripe', known?.status)
  const snapshot = { ...subscriptionSnapshot(subscription, plans, { isNew: !known }), as_of }
  const since = account.created_at.toISOString()
  const key = stepKey(ref, 'provider')
  const history = { since, ...(known ? {} : await pastOf(deps.db, account)) }
  const inputOf = (before: Membership | null): TransitionInput =>
    (before?.provider?.as_of ?? '') > as_of ? { kind: 'step' } : { kind: 'subscription', snapshot, plans, ...history }
  const opened = known ? null : openFromProvider(snapshot, plans, history, at)
  if (opened && 'reason' in opened) {
    const raised = opened.attention ? opened.reason : null
    await keepAttention(deps.db, { ...subject, account_key: account.account_key }, raised, new Date(at))
    return { reason: opened.reason, attention: raised }
  }
  const payer = { provider: 'stripe', external_id }
  const status = await transition(deps, ref, key, inputOf, known ? { ...(notBefore ? { notBefore } : {}) } : { payer })
  await clearAttention(deps.db, { ...subject, account_key: account.account_key }, STEP_REASONS)
  await storeMembershipReferences(deps.db, ref.product, { ...account, membership: ref.id }, references)
  return status
}

/**
 * Whether Stripe must be polled before the due steps are taken, because they stop the membership for lack of payment: the
 * webhook of a payment may be missing.
 */
export async function mustAskFirst(deps: MembershipDeps, ref: MembershipRef, due_at: string): Promise<boolean> {
  const found = await findMembership(deps.db, ref.product, ref.id)
  if (found?.provider !== 'stripe' || !found.external_id) return false
  const present = timeOf(found, deps.now()).toISOString()
  const { state } = step(found.status, due_at > present ? due_at : present).membership
  return state !== 'active' && state !== 'trialing' && state !== found.status.state
}
