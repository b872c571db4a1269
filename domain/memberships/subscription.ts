import type { Plans } from './terms.ts'

/** A subscription as the payment provider reports it. Times are ISO 8601 UTC. */
export type Subscription = {
  /** Stripe's status: trialing, active, past_due, unpaid, paused, canceled, incomplete or incomplete_expired */
  status: string
  /** the plan in the subscription's metadata */
  plan: string | null
  items: SubscriptionItem[]
  /** the lines of its paid invoices */
  lines: PaidLine[]
  trial: { from: string; to: string } | null
  cancel_at_period_end: boolean
  ended_at: string | null
}

/** @property plan the lookup key of its price */
export type SubscriptionItem = { id: string; plan: string | null; slots: number }

/** A line of a paid invoice. `proration`: it covers the rest of a period after a change. */
export type PaidLine = {
  item: string | null
  plan: string | null
  slots: number
  from: string
  to: string
  proration: boolean
}

/** A paid time of the plan's own item. */
export type PaidPlan = { plan: string; slots: number; from: string; to: string; proration: boolean }

/** A subscription's state as far as it concerns its plan. Syncing from the latest one is correct whatever was missed before. */
export type SubscriptionSnapshot = {
  status: string
  /** the plan and quantity that the subscription now has, paid or not; null if unknown */
  plan: { plan: string; slots: number } | null
  /** the names of plans that the subscription gives, for messages */
  named: string[]
  /** what is paid, oldest first; the trial counts as paid */
  paid: PaidPlan[]
  trial_ends_at: string | null
  cancel_at_period_end: boolean
  ended_at: string | null
}

/**
 * Reduces a subscription to its plan's own item: the item whose price names a plan of the policy, or the only item of a
 * subscription whose metadata names one. With several candidates nothing counts, and a person must look.
 */
export function subscriptionSnapshot(subscription: Subscription, plans: Plans): SubscriptionSnapshot {
  const { status, items, trial, cancel_at_period_end, ended_at } = subscription
  const own = planItem(subscription, plans)
  const paid = own ? paidPlans(subscription, own, plans) : []
  if (own && trial) paid.unshift({ plan: own.plan, slots: own.slots, ...trial, proration: false })
  return {
    status,
    plan: own && { plan: own.plan, slots: own.slots },
    named: [...items.map(({ plan }) => plan), subscription.plan].filter(name => name !== null),
    paid: paid.filter(({ from, to }) => to > from).sort(byTime),
    trial_ends_at: trial?.to ?? null,
    cancel_at_period_end,
    ended_at,
  }
}

type PlanItem = { id: string; plan: string; slots: number }

function planItem({ items, plan }: Subscription, plans: Plans): PlanItem | null {
  const byPrice = items.filter(item => item.plan !== null && Object.hasOwn(plans, item.plan))
  const [own] = byPrice.length > 0 ? byPrice : items
  if (!own || byPrice.length > 1) return null
  if (byPrice.length === 1) return own as PlanItem
  return plan !== null && Object.hasOwn(plans, plan) && items.length === 1 ? { ...own, plan } : null
}

/** A line whose item was replaced since is known by its price. */
function paidPlans({ lines }: Subscription, own: PlanItem, plans: Plans): PaidPlan[] {
  return lines.flatMap(({ item, plan, slots, from, to, proration }) => {
    const named = plan !== null && Object.hasOwn(plans, plan) ? plan : null
    const counts = named ?? (item === own.id ? own.plan : null)
    return counts ? [{ plan: counts, slots, from, to, proration }] : []
  })
}

function byTime(a: PaidPlan, b: PaidPlan): number {
  return a.from.localeCompare(b.from) || Number(a.proration) - Number(b.proration) || a.to.localeCompare(b.to)
}
