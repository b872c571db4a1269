import type { PaidPlan, SubscriptionSnapshot } from '../../../../domain/memberships/subscriptions/subscription.ts'
import { openFromProvider } from '../../../../domain/memberships/subscriptions/sync.ts'
import { plansFor } from '../../../../domain/memberships/terms.ts'
import { policyWith } from '../../policy/example-policy.ts'

const monthly = { source: 'monthly', credits: 100 }
export const policy = policyWith({
  sources: {
    monthly: { validity: 'never_expires' },
    trial: { validity: 'stated_by_grant' },
  },
  plans: {
    basic: { name: 'Basic', monthly },
    team: { name: 'Team', monthly: { source: 'monthly', credits: { per_slot: 10 } } },
    tried: { name: 'Tried', monthly, trial: { period: 'P7D', source: 'trial', credits: 5 } },
  },
})

export const plans = plansFor(policy, 'stripe')

export const day = (date: string) => `2026-${date}T00:00:00.000Z`
export const period = (from: string, to: string) => ({ from: day(from), to: day(to) })
export const JAN = period('01-10', '02-10')
export const FEB = period('02-10', '03-10')
export const MAR = period('03-10', '04-10')

export type Fields = Partial<Omit<SubscriptionSnapshot, 'paid' | 'plan'>> & {
  plan?: { plan: string; slots: number } | null
  /** of the plan itself, unless they say so */
  paid?: (Pick<PaidPlan, 'from' | 'to'> & Partial<PaidPlan>)[]
}

export function snapshot({
  plan = { plan: 'basic', slots: 1 },
  paid = [JAN],
  ...fields
}: Fields = {}): SubscriptionSnapshot {
  return {
    status: 'active',
    plan,
    named: plan ? [plan.plan] : ['typo'],
    paid: plan ? paid.map(each => ({ ...plan, proration: false, ...each })) : [],
    trial_ends_at: null,
    cancel_at_period_end: false,
    billing_anchor: day('01-10'),
    ended_at: null,
    ...fields,
  }
}

export function open(said: SubscriptionSnapshot, now: string, accountSince = day('01-01')) {
  const opened = openFromProvider(said, plans, { since: accountSince }, now)
  if ('reason' in opened) throw new Error(opened.reason)
  return opened
}
