import { type Account, loadAccount, loadAccountByKey, timeOf } from '../../db/accounts/accounts.ts'
import type { Db } from '../../db/core/command.ts'
import { listPaymentEvents, listReferences } from '../../db/purchases/payment-events.ts'
import { findPurchase, type PurchaseRecord } from '../../db/purchases/purchases.ts'
import type { Policy } from '../../domain/policy/policy.ts'
import { type PaymentFacts, reducePaymentEvents } from '../../domain/purchases/payment-facts.ts'
import { notFound } from '../../domain/shared/refusals.ts'
import type { ServerSecrets } from '../../domain/shared/server-secrets.ts'
import type { Payments } from '../../payments/provider.ts'
import { type Policies, policyOf } from '../../platform/policy-store.ts'

export type PurchaseRef = { product: string; account: string; id: string }

export type PurchaseDeps = {
  db: Db
  policies: Policies
  now: () => Date
  payments: Payments
  serverSecrets: ServerSecrets
}

/** The input of a transition besides the purchase. */
export type PurchaseContext = {
  account: Account
  policy: Policy
  facts: PaymentFacts
  references: string[]
  at: string
}

/** @param notBefore ISO 8601: the time by the workflow's clock, which may be ahead of the database's */
export async function loadContext(
  { db, policies, now }: PurchaseDeps,
  { product, account: name, id }: PurchaseRef,
  notBefore = '',
): Promise<PurchaseContext> {
  // A closed account has lost the name, so its purchase says its key.
  const found = await findPurchase(db, product, id)
  const account = await (found ? loadAccountByKey(db, found.account_key) : loadAccount(db, product, name))
  const [paymentEvents, references] = await Promise.all([
    listPaymentEvents(db, product, id),
    listReferences(db, product, id),
  ])
  const present = timeOf(account, now()).toISOString()
  return {
    account,
    policy: policyOf(policies, product),
    facts: reducePaymentEvents(paymentEvents),
    references: [...new Set([...references, ...paymentEvents.flatMap(event => event.references)])],
    at: notBefore > present ? notBefore : present,
  }
}

/** @throws Refused not_found */
export async function loadPurchase({ db }: PurchaseDeps, { product, id }: PurchaseRef): Promise<PurchaseRecord> {
  const found = await findPurchase(db, product, id)
  if (!found) throw notFound('purchase')
  return found
}
