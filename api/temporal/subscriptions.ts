import type { Account } from '../../db/accounts/accounts.ts'
import { findMembership } from '../../db/memberships/memberships.ts'
import {
  type StripeOutcome,
  settleStripeEvents,
  subscriptionsWithoutAccount,
} from '../../db/purchases/stripe-events.ts'
import { invalidRequest } from '../../domain/shared/refusals.ts'
import { checkUpdate } from '../../workflows/contract/messages.ts'
import { membershipStart } from '../../workflows/contract/starts.ts'
import type { App } from '../http/app.ts'
import { deriveId } from '../http/route.ts'
import { claimSubscription, findSubscriptionAccount } from './subscription-owner.ts'
import { updateWithStart } from './update-with-start.ts'

/**
 * Makes the membership of a subscription poll Stripe; starts the membership if there is none. Its id is derived from the
 * subscription's, so that concurrent first events start one membership.
 * @throws Refused temporarily_unavailable if Stripe or Temporal is unavailable; Stripe retries
 */
export async function syncSubscription(app: App, product: string, subscription: string): Promise<StripeOutcome> {
  const id = membershipIdOf(product, subscription)
  const known = await findMembership(app.db, product, id)
  const found = known ? { account: known.account } : await findSubscriptionAccount(app, product, subscription)
  if (typeof found === 'string') return found
  await check(app, { product, account: found.account, id, subscription })
  return 'processed'
}

/**
 * Syncs the subscriptions of a customer whose events arrived before the account was known.
 * @throws Refused temporarily_unavailable if Stripe or Temporal is unavailable; repeating it syncs the rest
 */
export async function syncCustomerSubscriptions(app: App, product: string, customer: string): Promise<void> {
  for (const subscription of await subscriptionsWithoutAccount(app.db, product, customer)) {
    const outcome = await syncSubscription(app, product, subscription)
    await settleStripeEvents(app.db, product, subscription, outcome)
  }
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
  if (customer) await syncCustomerSubscriptions(app, product, customer)
  return id
}

function membershipIdOf(product: string, subscription: string): string {
  return deriveId('mem', product, 'stripe', subscription)
}

async function check(
  app: App,
  input: { product: string; account: string; id: string; subscription: string },
): Promise<void> {
  await updateWithStart(app, 'membership', membershipStart(input), checkUpdate, [])
}
