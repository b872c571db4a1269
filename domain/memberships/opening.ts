import { addDuration } from '../shared/calendar.ts'
import { invalidRequest, Refused } from '../shared/refusals.ts'
import { chargeFor } from './charges.ts'
import { later, step } from './due.ts'
import { anchorAt, type Membership, type Step, stepTo, then } from './membership.ts'
import type { MembershipTerms } from './terms.ts'

export type Opening = {
  plan: string
  slots?: number | undefined
  /** without_credits: a trial that the provider repeats */
  trial?: boolean | 'without_credits' | undefined
  anchor?: string | undefined
  paid_through?: string | undefined
  /** the day of the month of the provider's billing cycle */
  billing_day?: number | undefined
  /** the trial's end according to the provider; otherwise the plan's */
  trial_ends_at?: string | null | undefined
  /** until when an ended membership of the account had launch credits: begun again, it gives them no second time */
  launched?: string | undefined
}

/** Whether the account has had the trial that a plan offers once. */
export function isTrialUsed({ trial }: MembershipTerms, hadTrial: boolean): boolean {
  return hadTrial && trial?.once_per === 'account'
}

/** @throws Refused trial_used */
export function checkTrial(terms: MembershipTerms, { trial }: Opening, hadTrial: boolean): void {
  if (!trial || !isTrialUsed(terms, hadTrial)) return
  throw new Refused({
    code: 'trial_used',
    detail: 'The plan offers one trial for each account, and this account has had it. Start the membership without it.',
  })
}

/**
 * Begins a membership and takes every step due by now. Without `paid_through` one period is paid; a trial is unpaid until it
 * is renewed.
 * @throws Refused invalid_request
 */
export function openMembership(terms: MembershipTerms, opening: Opening, timeZone: string, now: string): Step {
  const begins = opening.anchor ?? now
  if (opening.trial && !terms.trial) throw invalidRequest('trial', 'is not offered with this plan')
  if (opening.paid_through !== undefined && opening.paid_through <= begins)
    throw invalidRequest('paid_through', 'must be after the start of the membership')
  const trial = opening.trial ? terms.trial : null
  const trial_ends_at = trial
    ? (opening.trial_ends_at ?? addDuration(new Date(begins), trial.period, timeZone).toISOString())
    : null
  const onePeriod = addDuration(new Date(begins), terms.period, timeZone).toISOString()
  const paid = later(opening.paid_through ?? trial_ends_at ?? onePeriod, trial_ends_at)
  const membership: Membership = {
    plan: opening.plan,
    slots: opening.slots ?? 1,
    terms,
    time_zone: timeZone,
    state: trial ? 'trialing' : 'active',
    anchor: trial_ends_at ?? begins,
    paid_through: terms.payment === 'none' ? null : paid,
    trial_ends_at,
    grants: 0,
    given_this_month: 0,
    scheduled: null,
    upgrade: null,
    cancel_at_period_end: false,
    lapsed_at: null,
    resumed_at: null,
    combined: 0,
    ...(opening.launched ? { launched: opening.launched } : {}),
  }
  const anchored = anchorAt(membership, membership.anchor, membership.paid_through, opening.billing_day)
  const charge = membership.paid_through ? chargeFor(membership, trial_ends_at ?? begins, membership.paid_through) : {}
  const opened = stepTo(anchored, { at: begins, what: 'opened', detail: { ...openingDetail(opening), ...charge } })
  if (trial && trial.credits > 0 && opening.trial !== 'without_credits')
    opened.due.push({
      what: 'trial',
      at: begins,
      source: trial.source,
      credits: trial.credits,
      expires_at: trial_ends_at,
      members_only: terms.trial_members_only,
    })
  return then(opened, current => step(current, now))
}

function openingDetail({ plan, trial }: Opening) {
  return { plan, ...(trial ? { trial: trial === 'without_credits' ? trial : 'with_credits' } : {}) }
}

/** Whether a membership begins with a trial of the account, rather than a repeated one. */
export function beginsTrial({ events }: Step): boolean {
  return events.some(({ what, detail }) => what === 'opened' && detail?.trial === 'with_credits')
}
