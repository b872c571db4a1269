import type { Account } from '../../db/accounts/accounts.ts'
import { findMembership } from '../../db/memberships/memberships.ts'
import { findOwner, membershipIdOf } from '../../db/memberships/subscription-owner.ts'
import { subscriptionsWaitingFor } from '../../db/memberships/unassigned-subscriptions.ts'
import type { StripeOutcome } from '../../db/purchases/stripe-events.ts'
import { invalidRequest } from '../../domain/shared/refusals.ts'
import { policyOf } from '../../platform/policy-store.ts'
import { checkUpdate } from '../../workflows/contract/messages.ts'
import { membershipStart } from '../../workflows/contract/starts.ts'
import type { App } from '../http/app.ts'
import { claimSubscription, readSubscription } from './subscription-owner.ts'
import { updateWithStart } from './update-with-start.ts'

/**
 * Makes the membership of a subscription poll Stripe; starts the membership if there is none. A subscription without an open
 * account is kept.
 * @throws Refused temporarily_unavailable if Stripe or Temporal is unavailable; Stripe retries
 */
export async function syncSubscription(app: App, product: string, subscription: string): Promise<StripeOutcome> {
  const plans = Object.keys(policyOf(app.policies, product).plans)
  const offer = { product, products: [...app.policies.keys()], plans }
  const owner = await findOwner(app.db, offer, subscription, () => readSubscription(app, subscription))
  if (typeof owner === 'string') return owner
  await check(app, { product, ...owner, subscription })
  return 'processed'
}

/**
 * Syncs the subscriptions whose events arrived before their account or its customer was known.
 * @throws Refused temporarily_unavailable if Stripe or Temporal is unavailable; repeating it syncs the rest
 */
export async function syncWaitingSubscriptions(app: App, account: Account): Promise<void> {
  for (const subscription of await subscriptionsWaitingFor(app.db, account))
    await syncSubscription(app, account.product, subscription)
}

/**
 * Starts, or finds, the membership of a subscription for an account that the product names. Plan, slots and times are the
 * subscription's.
 * @returns the membership's id
 * @throws Refused invalid_request if nothing is paid yet, Stripe does not know it, or it belongs to another account;
 *   temporarily_unavailable if Stripe or Temporal is unavailable
 */
export async function startSubscription(app: App, account: Account, subscription: string): Promise<string> {
  const { product } = account
  const id = membershipIdOf(product, subscription)
  const known = await findMembership(app.db, product, id)
  const customer = known ? null : await claimSubscription(app, account, subscription)
  if (!known || known.account === account.account)
    await check(app, { product, account: account.account, id, subscription })
  const started = await findMembership(app.db, product, id)
  if (!started) throw invalidRequest('external_id', 'must be a paid subscription to a plan of the policy')
  if (started.account !== account.account) throw invalidRequest('external_id', 'belongs to another account')
  if (customer) await syncWaitingSubscriptions(app, { ...account, stripe_customer: customer })
  return id
}

async function check(
  app: App,
  input: { product: string; account: string; id: string; subscription: string },
): Promise<void> {
  await updateWithStart(app, 'membership', membershipStart(input), checkUpdate, [])
}
