import { invalidRequest, Refused } from '../../shared/refusals.ts'
import type { Membership } from '../membership.ts'
import type { Plans } from '../terms.ts'
import { decideTransition } from '../transitions.ts'
import { type Money, type Subscription, subscriptionSnapshot } from './subscription.ts'

/** A paid invoice of a subscription. Money in minor units. */
export type SubscriptionPayment = {
  invoice: string
  /** the provider's id by which it is refunded; null if it was paid elsewhere, or in parts */
  payment: string | null
  paid_at: string
  amount: number
  /** went back by refunds, disputes and credit notes */
  refunded: number
  currency: string
}

/** A decided refund of a subscription's payment by exception. Money in minor units. */
export type SubscriptionRefund = {
  invoice: string
  payment: string
  amount: number
  currency: string
  refunded: number
}

/**
 * What a refund by exception moves (XD-22).
 * @param asked the newest payment with money left, and all of that, if omitted
 * @throws Refused refund_not_offered, invalid_request
 */
export function decideSubscriptionRefund(
  payments: SubscriptionPayment[],
  asked: { invoice?: string | undefined; amount?: number | undefined },
): SubscriptionRefund {
  const newestFirst = payments.toSorted((a, b) => b.paid_at.localeCompare(a.paid_at))
  const found = newestFirst.find(one => (asked.invoice ? one.invoice === asked.invoice : openAmount(one) > 0))
  if (!found && asked.invoice) throw invalidRequest('invoice', 'must be a paid invoice of the subscription')
  if (!found || openAmount(found) <= 0) throw notOffered('All of its money went back already.')
  const { invoice, payment, currency, refunded } = found
  if (payment === null) throw notOffered('Stripe has not one payment for this invoice. Refund it where it was paid.')
  const { amount = openAmount(found) } = asked
  if (amount > openAmount(found))
    throw invalidRequest('amount', `must be at most ${openAmount(found)}, the money that did not go back yet`)
  return { invoice, payment, amount, currency, refunded }
}

/** The credits of the paid months that a refund revokes, as far as they are unused; 0 where the policy keeps them. */
export function creditsOfRefund(
  membership: Membership,
  subscription: Subscription,
  plans: Plans,
  { invoice, amount, refunded }: SubscriptionRefund,
  { of, at }: { of: number; at: string },
): number {
  const revokedBy = (back: Money) => {
    const lines = subscription.lines.map(line => (line.invoice === invoice ? { ...line, back } : line))
    const snapshot = subscriptionSnapshot({ ...subscription, lines }, plans)
    const account = { since: membership.anchor }
    const after = decideTransition(membership, { kind: 'subscription', snapshot, plans, ...account }, at).membership
    return Object.values(after.revoked ?? {}).reduce((sum, credits) => sum + credits, 0)
  }
  return revokedBy({ amount: refunded + amount, of }) - revokedBy({ amount: refunded, of })
}

function openAmount({ amount, refunded }: SubscriptionPayment): number {
  return amount - refunded
}

function notOffered(detail: string): Refused {
  return new Refused({ code: 'refund_not_offered', detail })
}
