import { timeOf } from '../../db/accounts/accounts.ts'
import { loadMembership, type MembershipRecord } from '../../db/memberships/memberships.ts'
import { membershipRefundKey, recordMembershipRefund } from '../../db/memberships/refunds.ts'
import type { SubscriptionRefund } from '../../domain/memberships/subscriptions/refund.ts'
import { Refused } from '../../domain/shared/refusals.ts'
import type { StripeSubscription } from '../../payments/stripe/subscriptions.ts'
import type { App } from '../http/app.ts'
import { checkMembership } from './memberships.ts'
import { readSubscription } from './subscription-owner.ts'

/** A membership that a subscription pays, as both have it now. @throws Refused not_found, refund_not_offered */
export async function loadSubscribed(
  app: App,
  product: string,
  id: string,
): Promise<{ found: MembershipRecord; at: Date; paid: StripeSubscription }> {
  const found = await loadMembership(app.db, product, id)
  const detail = 'It is not paid through Stripe. Return the money where it was paid.'
  if (found.provider !== 'stripe' || !found.external_id) throw new Refused({ code: 'refund_not_offered', detail })
  const paid = await readSubscription(app, found.external_id)
  if (!paid) throw new Refused({ code: 'refund_not_offered', detail: 'Stripe does not know its subscription.' })
  return { found, at: timeOf(found, app.now()), paid }
}

/**
 * Refunds a payment at Stripe, once per event id, and applies it to the credits.
 * @throws Refused provider_refused, temporarily_unavailable: repeat it with the same id
 */
export async function refundSubscription(
  app: App,
  product: string,
  id: string,
  { invoice, payment, amount, currency }: SubscriptionRefund,
  { reason, eventId }: { reason: string; eventId: string },
): Promise<void> {
  const { account_key, account, ...found } = await loadMembership(app.db, product, id)
  const operation_key = membershipRefundKey(id, eventId)
  const idempotency_key = `${account_key}/${operation_key}`
  if (!app.stripe) throw new Refused({ code: 'not_configured', detail: 'STRIPE_SECRET_KEY is not set.' })
  await app.stripe.refund({ payment, amount, membership: id, idempotency_key })
  const at = timeOf(found, app.now())
  const detail = { invoice, amount, currency, reason, exception: true }
  const event = { at: at.toISOString(), what: 'refunded', detail }
  await recordMembershipRefund(app.db, { account_key, at, operation_key }, id, event)
  await checkMembership(app, { product, account, id })
}
