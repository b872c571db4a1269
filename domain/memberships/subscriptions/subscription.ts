import type { Plans } from '../terms.ts'
import type { PaidLine, PaidPlan, PaidTime } from './paid-line.ts'
import { paidTimes } from './paid-times.ts'

export type { CreditedRest, Money, PaidLine, PaidPlan, PaidTime } from './paid-line.ts'

/** A subscription as the payment provider reports it. Times are ISO 8601 UTC. */
export type Subscription = {
  /** Stripe's status: trialing, active, past_due, unpaid, paused, canceled, incomplete or incomplete_expired */
  status: string
  /** the plan in the subscription's metadata */
  plan: string | null
  items: SubscriptionItem[]
  /** the lines of its paid invoices */
  lines: PaidLine[]
  /** the lines of invoices that were voided or marked uncollectible without a payment */
  given_up?: PaidLine[]
  trial: { from: string; to: string } | null
  cancel_at_period_end: boolean
  /** the start of a billing period; all others start on the same day of the month, if their month has it */
  billing_anchor: string
  ended_at: string | null
}

/** @property plan the plan that its price names */
export type SubscriptionItem = { id: string; plan: string | null; slots: number }

/** The part of a subscription that concerns its plan. Syncing from the latest one is correct even if earlier ones were missed. */
export type SubscriptionSnapshot = {
  /** when the provider was polled */
  as_of?: string
  status: string
  /** the plan and quantity that the subscription now has, paid or not; null if unknown */
  plan: { plan: string; slots: number } | null
  /** the names of plans that the subscription gives, for messages */
  named: string[]
  /** what is paid, oldest first; the trial counts as paid */
  paid: PaidPlan[]
  /** paid times whose plan cannot be told; absent if there are none */
  unassigned?: PaidTime[]
  /** times whose invoice was given up; absent if there are none */
  given_up?: { from: string; to: string }[]
  trial_ends_at: string | null
  /** a trial that was set after a payment, which is no paid time; absent if none was */
  trial_after_payment?: { from: string; to: string }
  cancel_at_period_end: boolean
  billing_anchor: string
  ended_at: string | null
}

/**
 * Reduces a subscription to its plan's own item: the item whose price names a plan of the policy, or the only item of a
 * subscription whose metadata names one. With several candidates none counts, and attention is raised.
 * @param isNew whether it has no membership yet: then the plan in its metadata counts for payments that were made before
 */
export function subscriptionSnapshot(
  subscription: Subscription,
  plans: Plans,
  { isNew } = { isNew: false },
): SubscriptionSnapshot {
  const { status, items, cancel_at_period_end, billing_anchor, ended_at } = subscription
  const own = planItem(subscription, plans)
  const lateTrial =
    subscription.trial && isAfterPayment(subscription.trial, subscription.lines) ? subscription.trial : null
  const trial = lateTrial ? null : subscription.trial
  const lines = subscription.lines.filter(line => !(lateTrial && isFreeWithin(lateTrial, line)))
  const times = paidTimes(own ? linesOfPlan(lines, own, plans, isNew ? subscription.plan : null) : withoutPlan(lines))
  const paid = times.filter((time): time is PaidPlan => time.plan !== null)
  const unassigned = times.filter(({ plan }) => plan === null)
  const givenUp = own ? linesOfPlan(subscription.given_up ?? [], own, plans, null) : []
  if (own && trial) paid.unshift({ plan: own.plan, slots: own.slots, ...trial, proration: false })
  return {
    status,
    plan: own && { plan: own.plan, slots: own.slots },
    named: [...items.map(({ plan }) => plan), subscription.plan].filter(name => name !== null),
    paid: paid.filter(({ from, to, slots }) => to > from && slots > 0).sort(byTime),
    ...(unassigned.length > 0 ? { unassigned } : {}),
    ...(givenUp.length > 0 ? { given_up: givenUp.map(({ from, to }) => ({ from, to })) } : {}),
    trial_ends_at: trial?.to ?? null,
    ...(lateTrial ? { trial_after_payment: lateTrial } : {}),
    cancel_at_period_end,
    billing_anchor,
    ended_at,
  }
}

/** The paid periods, without the rests of periods after a change. Each ends where the next cycle was restarted. */
export function fullPeriods({ paid }: SubscriptionSnapshot): PaidPlan[] {
  return paid.filter(({ proration }) => !proration).map(period => ({ ...period, to: period.until ?? period.to }))
}

export function isGoing(status: string): boolean {
  return status === 'active' || status === 'trialing'
}

export function isOver({ status }: SubscriptionSnapshot): boolean {
  return status === 'canceled' || status === 'incomplete_expired'
}

type PlanItem = { id: string; plan: string; slots: number }

function planItem({ items, plan }: Subscription, plans: Plans): PlanItem | null {
  const byPrice = items.filter(item => item.plan !== null && Object.hasOwn(plans, item.plan))
  const [own] = byPrice.length > 0 ? byPrice : items
  if (!own || byPrice.length > 1) return null
  if (byPrice.length === 1) return own as PlanItem
  return plan !== null && Object.hasOwn(plans, plan) && items.length === 1 ? { ...own, plan } : null
}

/**
 * The lines of the plan's own item. A line whose item was replaced since is recognised by its price. The plan of a line is the
 * one that its price names, or that its invoice named: never the present one, which may be announced and not paid.
 */
function linesOfPlan(lines: PaidLine[], own: PlanItem, plans: Plans, plan_now: string | null): PaidLine[] {
  return lines.flatMap(line => {
    const isOwn = line.item === own.id
    const names = [line.plan, isOwn ? (line.plan_then ?? plan_now) : null]
    const named = names.find(name => name && Object.hasOwn(plans, name)) ?? null
    return named || isOwn ? [{ ...line, plan: named }] : []
  })
}

/** A trial that is set on a subscription that was paid before is no paid time. */
function isAfterPayment(trial: { from: string }, lines: PaidLine[]): boolean {
  return lines.some(({ amount, proration, from }) => amount > 0 && !proration && from < trial.from)
}

function isFreeWithin(trial: { from: string; to: string }, { amount, from, to }: PaidLine): boolean {
  return amount === 0 && from >= trial.from && to <= trial.to
}

function withoutPlan(lines: PaidLine[]): PaidLine[] {
  return lines.map(line => ({ ...line, plan: null }))
}

function byTime(a: PaidPlan, b: PaidPlan): number {
  return a.from.localeCompare(b.from) || Number(a.proration) - Number(b.proration) || a.to.localeCompare(b.to)
}
