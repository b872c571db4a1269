import { anchorAt, grantTime, type Membership, nextGrantAt, type Step, stepTo } from '../membership.ts'
import type { Plans } from '../terms.ts'
import { creditsOfPlan } from './money-back.ts'
import type { CreditedRest, PaidPlan, SubscriptionSnapshot } from './subscription.ts'

/**
 * A period that starts within the paid time restarts the billing cycle: its month begins then (BR-01). The credits of the month
 * before are returned for the rest of it that the invoice credits, since the same money pays for the new month.
 * @param day of the month of the provider's billing cycle
 */
export function restart(membership: Membership, period: PaidPlan, plans: Plans, day: number): Step {
  const { state, paid_through, terms, grants, given_this_month, returned = {} } = membership
  const { from, to, rest = [] } = period
  const month = grantTime(membership, grants - 1)
  const isWithin = paid_through !== null && from < paid_through && from > month
  if (state === 'trialing' || terms.grant_on !== 'anniversary' || grants === 0 || !isWithin) return stepTo(membership)
  const monthEnds = nextGrantAt(membership)
  const share = rest.reduce((sum, each) => {
    const credits = Math.min(given_this_month, creditsOfPlan(plans, each))
    return sum + credits * shareOf(each, month, monthEnds)
  }, 0)
  const credits = Math.min(given_this_month, Math.ceil(share))
  const restarted = anchorAt(membership, from, to, day)
  return stepTo(
    {
      ...restarted,
      paid_through: to,
      grants: 0,
      given_this_month: 0,
      ...(credits > 0 ? { returned: { ...returned, [month]: credits } } : {}),
    },
    { at: from, what: 'cycle_restarted', ...(credits > 0 ? { detail: { returned: credits } } : {}) },
  )
}

/** The first restarted cycle of the paid time that was not applied yet; the invoice of each credits the rest of the one before. */
export function nextRestart(membership: Membership, { paid }: SubscriptionSnapshot): PaidPlan | undefined {
  const started = grantTime(membership, Math.max(0, membership.grants - 1))
  return paid.find(
    ({ from, proration, rest }) => !proration && rest && from > started && from < (membership.paid_through ?? ''),
  )
}

/** The share of a month that a time has. */
function shareOf(time: CreditedRest, month: string, monthEnds: string): number {
  const from = Date.parse(later(time.from, month))
  const to = Math.min(Date.parse(time.to), Date.parse(monthEnds))
  return Math.max(0, to - from) / (Date.parse(monthEnds) - Date.parse(month))
}

function later(a: string, b: string): string {
  return a > b ? a : b
}
