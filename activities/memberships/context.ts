import { type Account, loadAccount, timeOf } from '../../db/accounts/accounts.ts'
import type { Db } from '../../db/core/command.ts'
import { launchedBefore } from '../../db/memberships/memberships.ts'
import type { Policy } from '../../domain/policy/policy.ts'
import type { StripePayments } from '../../payments/stripe/subscriptions.ts'
import { type Policies, policyOf } from '../../platform/policy-store.ts'

export type MembershipRef = { product: string; account: string; id: string }

export type MembershipDeps = {
  db: Db
  policies: Policies
  now: () => Date
  stripe?: StripePayments | null
  /** the delay until an unreachable payment provider is polled again */
  retryAfterMs?: number
}

/** The input of a transition besides the membership. */
export type MembershipContext = { account: Account; policy: Policy; at: string }

/** An account's past, stored with the transition that starts a membership: for its trial and its launch credits. */
export async function pastOf(db: Db, account: Account): Promise<{ had_trial?: true; launched?: string }> {
  const launched = await launchedBefore(db, account.account_key)
  return { ...(account.trial_membership === null ? {} : { had_trial: true }), ...(launched ? { launched } : {}) }
}

/** @param notBefore ISO 8601: the time by the workflow's clock, which may be ahead of the database's */
export async function loadContext(
  { db, policies, now }: MembershipDeps,
  { product, account: name }: MembershipRef,
  notBefore = '',
): Promise<MembershipContext> {
  const account = await loadAccount(db, product, name)
  const present = timeOf(account, now()).toISOString()
  return { account, policy: policyOf(policies, product), at: notBefore > present ? notBefore : present }
}
