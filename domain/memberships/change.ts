import { changesPlan, giveUpgrade, withPlan } from './due.ts'
import {
  type Change,
  isRunning,
  type Membership,
  monthlyCredits,
  nextGrantAt,
  type Step,
  stepTo,
  type TimelineEvent,
  then,
} from './membership.ts'
import type { MembershipTerms } from './terms.ts'

/**
 * Changes plan or slots, now or at the next grant. An upgrade grants what the policy says within the current month, counting
 * the credits already granted; granted credits are never revoked (BR-06).
 */
export function change(membership: Membership, to: Change, when: 'now' | 'next_grant' | undefined, now: string): Step {
  const { combined, terms } = membership
  const more = (monthlyCredits({ ...to, combined }) ?? 0) - (monthlyCredits(membership) ?? 0)
  const effective = when ?? (more < 0 ? terms.downgrade : 'now')
  const detail = { plan: to.plan, slots: to.slots }
  if (effective === 'next_grant')
    return stepTo({ ...membership, scheduled: to }, { at: now, what: 'change_scheduled', detail })
  const changed = { ...changedNow(membership, to), plan_since: now }
  return withDifference(changed, { at: now, what: 'changed', detail })
}

/** Undoes a scheduled change of plan or slots before the next grant makes it. A scheduled change of the grant's day stays. */
export function undoChange(membership: Membership, now: string): Step {
  if (!changesPlan(membership)) return stepTo(membership)
  return stepTo({ ...membership, scheduled: null }, { at: now, what: 'change_undone' })
}

/** The current month keeps its end. Another grant day applies from then on, so that no month is granted twice. */
function changedNow(membership: Membership, to: Change): Membership {
  const monthEnds = nextGrantAt(membership)
  const { grant_on } = membership.terms
  if (dayOf(to.terms) === dayOf(membership.terms)) return withPlan(membership, to, monthEnds)
  const changed = withPlan(membership, { ...to, terms: { ...to.terms, grant_on } }, monthEnds)
  return { ...changed, scheduled: to }
}

function dayOf({ grant_on }: MembershipTerms): number | null {
  return grant_on === 'anniversary' ? null : grant_on.day_of_month
}

/** Grants what the current month lacks under the plan, at the event's time or after the policy's delay (BR-06). */
export function withDifference(membership: Membership, event: TimelineEvent): Step {
  const { at: now } = event
  const credits = upgradeCredits(membership, now)
  if (credits === 0) return stepTo(membership, event)
  const given = { ...membership, given_this_month: membership.given_this_month + credits }
  const delay = membership.terms.after_upgrade.delay_hours * 3_600_000
  const at = given.upgrade?.at ?? new Date(Date.parse(now) + delay).toISOString()
  // After the month's end the credits would belong to the next month.
  if (delay > 0 && at < nextGrantAt(given)) {
    const waiting = (given.upgrade?.credits ?? 0) + credits
    return stepTo({ ...given, upgrade: { at, credits: waiting } }, event)
  }
  return then(stepTo(given, event), current => giveUpgrade(current, now, credits))
}

function upgradeCredits(membership: Membership, now: string): number {
  const { given_this_month: given, grants, state } = membership
  const { grant } = membership.terms.after_upgrade
  const amount = monthlyCredits(membership) ?? 0
  const monthRuns = isRunning(membership) && state !== 'trialing' && grants > 0 && now < nextGrantAt(membership)
  if (grant === 'none' || !monthRuns || amount <= given) return 0
  return grant === 'all' ? amount : amount - given
}
