import { deriveId } from '../../domain/shared/derive-id.ts'
import { findAccount, loadAccountByKey } from '../accounts/accounts.ts'
import type { Db } from '../core/command.ts'
import { findAccountOfCustomer } from '../purchases/stripe-events.ts'
import { findMembership, findProductOfSubscription, type MembershipRecord } from './memberships.ts'
import { storeMembershipReferences } from './references.ts'
import {
  keepUnassignedSubscription,
  type NoOwner,
  settleOwnedSubscription,
  settleUnassignedSubscription,
} from './unassigned-subscriptions.ts'

/** A subscription as Stripe has it: its owner, and what tells whether a person must look. */
export type OwnedSubscription = {
  customer: string
  account: string | null
  product: string | null
  references: string[]
  subscription: {
    status: string
    plan: string | null
    items: { plan: string | null }[]
    lines: { amount: number; from: string; back?: { amount: number; of: number } }[]
  }
}

/** The products of this deployment, and the plans of the one whose endpoint received the event. */
export type Offer = { product: string; products: string[]; plans: string[] }

type Owner = { account: string; id: string } | NoOwner | 'unknown_subscription' | 'other_product'

/** The id of a subscription's membership: derived, so that concurrent first events start one. */
export function membershipIdOf(product: string, subscription: string): string {
  return deriveId('mem', product, 'stripe', subscription)
}

/**
 * The account and membership that a subscription's events are for: the account that its metadata names, else that of its
 * customer. A subscription without an open account is kept until it has one.
 * @param read asks Stripe; not called where the membership is known
 */
export async function findOwner(
  db: Db,
  offer: Offer,
  subscription: string,
  read: () => Promise<OwnedSubscription | null>,
): Promise<Owner> {
  const { product } = offer
  const id = membershipIdOf(product, subscription)
  const known = await findMembership(db, product, id)
  if (known) {
    const closedAt = (await loadAccountByKey(db, known.account_key)).closed_at
    if (!closedAt) {
      await settleOwnedSubscription(db, subscription)
      return { account: known.account, id }
    }
    return keepClosed(db, product, subscription, known, closedAt, await read())
  }
  const found = await read()
  if (!found) return 'unknown_subscription'
  const owner = await ownerOf(db, offer, subscription, found)
  if (typeof owner === 'string' && owner !== 'other_product' && !isOver(found)) {
    await keepUnassignedSubscription(db, product, {
      subscription,
      reason: owner,
      marked: found.subscription.status !== 'incomplete' && (await isMarked(db, offer, found, owner)),
      account: found.account,
      stated_product: found.product,
      customer: found.customer,
    })
    // An account that was created meanwhile did not find it.
    const since = await ownerOf(db, offer, subscription, found)
    if (typeof since === 'string') return since
    await settleOwnedSubscription(db, subscription)
    return { ...since, id }
  }
  if (typeof owner === 'string') {
    await settleUnassignedSubscription(db, product, subscription)
    return owner
  }
  await settleOwnedSubscription(db, subscription)
  return { ...owner, id }
}

async function ownerOf(
  db: Db,
  { product, products }: Offer,
  subscription: string,
  found: OwnedSubscription,
): Promise<{ account: string } | NoOwner | 'other_product'> {
  const stated = found.product ?? (await findProductOfSubscription(db, subscription))
  if (stated !== null && stated !== product) return products.includes(stated) ? 'other_product' : 'unknown_product'
  const named = found.account === null ? null : await findAccount(db, product, found.account)
  if (named && !named.closed_at) return { account: named.account }
  const account = await findAccountOfCustomer(db, product, found.customer)
  if (account !== null) return { account }
  return named ? 'closed_account' : 'unknown_account'
}

/** Whether a subscription is meant for us: it names an account, or its customer or a plan is ours. Others share the Stripe account. */
async function isMarked(
  db: Db,
  { product, plans }: Offer,
  { account, customer, subscription: { plan, items } }: OwnedSubscription,
  reason: NoOwner,
): Promise<boolean> {
  if (account !== null) return true
  if (reason === 'unknown_product') return (await findAccountOfCustomer(db, product, customer)) !== null
  return [plan, ...items.map(item => item.plan)].some(name => name !== null && plans.includes(name))
}

/**
 * Keeps the subscription of a closed account while it goes on, or while a payment after the closing is not refunded. Its payments
 * are known from then on, so that the event of a refund finds it.
 */
async function keepClosed(
  db: Db,
  product: string,
  subscription: string,
  known: MembershipRecord,
  closedAt: Date,
  found: OwnedSubscription | null,
): Promise<'closed_account'> {
  if (found) await storeMembershipReferences(db, product, known, found.references)
  const isCharged = found?.subscription.lines.some(
    ({ amount, from, back }) => amount > 0 && from > closedAt.toISOString() && !(back && back.amount >= back.of),
  )
  if (!found || (isOver(found) && !isCharged)) await settleUnassignedSubscription(db, product, subscription)
  else
    await keepUnassignedSubscription(db, product, {
      subscription,
      reason: 'closed_account',
      marked: true,
      account: null,
      stated_product: null,
      customer: null,
    })
  return 'closed_account'
}

function isOver({ subscription: { status } }: OwnedSubscription): boolean {
  return status === 'canceled' || status === 'incomplete_expired'
}
