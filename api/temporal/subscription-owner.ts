import { type Account, putAccount } from '../../db/accounts/accounts.ts'
import { findProductOfSubscription } from '../../db/memberships/memberships.ts'
import { findAccountOfCustomer } from '../../db/purchases/stripe-events.ts'
import { invalidRequest, isTemporary, Refused } from '../../domain/shared/refusals.ts'
import type { StripeSubscription } from '../../payments/stripe/subscriptions.ts'
import type { App } from '../http/app.ts'

/**
 * Checks that a subscription is the account's, by its metadata, else by its customer. An account without a customer becomes
 * the customer of a subscription that no other account has.
 * @returns the customer that the account became, or null
 * @throws Refused invalid_request if it is another's or unknown; temporarily_unavailable if Stripe cannot be asked
 */
export async function claimSubscription(
  app: App,
  { product, account, stripe_customer }: Account,
  subscription: string,
): Promise<string | null> {
  const found = await readSubscription(app, subscription).catch(notStarted)
  if (!found)
    throw invalidRequest(
      'external_id',
      `is unknown: Stripe has no subscription ${subscription}. Check the id, and that STRIPE_SECRET_KEY is of the same Stripe account and mode`,
    )
  if (await isOfOtherProduct(app, product, subscription, found))
    throw invalidRequest('external_id', 'belongs to another product')
  if (found.account === account) return null
  if (found.account !== null)
    throw invalidRequest('external_id', `belongs to another account: its metadata names ${found.account}`)
  const owner = await findAccountOfCustomer(app.db, product, found.customer)
  if (owner === account) return null
  if (owner !== null) throw invalidRequest('external_id', 'belongs to another account, which has its customer')
  if (stripe_customer !== null)
    throw invalidRequest('external_id', `is of ${found.customer}, which is not the account's stripe_customer`)
  await putAccount(app.db, product, account, { stripe_customer: found.customer }, app.now())
  return found.customer
}

/** A subscription as Stripe has it, or null. @throws Refused not_configured, temporarily_unavailable */
export function readSubscription({ stripe }: App, subscription: string): Promise<StripeSubscription | null> {
  if (stripe) return stripe.subscription(subscription)
  const detail = 'STRIPE_SECRET_KEY is not set, so subscriptions are unavailable.'
  return Promise.reject(new Refused({ code: 'not_configured', detail }))
}

/** Products that share an account at Stripe see each other's subscriptions. */
async function isOfOtherProduct(
  app: App,
  product: string,
  subscription: string,
  found: StripeSubscription,
): Promise<boolean> {
  const stated = found.product ?? (await findProductOfSubscription(app.db, subscription))
  return stated !== null && stated !== product
}

function notStarted(error: unknown): never {
  if (!isTemporary(error)) throw error
  const detail = `${(error as Refused).message} No membership was started. Send the request again.`
  throw new Refused({ code: 'temporarily_unavailable', detail })
}
