import { sourceOf } from '../generations/validity.ts'
import type { MembershipPlan, Policy } from '../policy/policy.ts'
import { addDuration, anniversary, monthlyDay } from '../shared/calendar.ts'
import { invalidRequest } from '../shared/refusals.ts'

/**
 * The rules of a membership, as data in and data out: what falls due when, and what each event changes. Times are ISO
 * 8601 UTC texts, which compare as they stand; nothing here asks the clock.
 */
export type Membership = {
  plan: string
  slots: number
  terms: MembershipTerms
  time_zone: string
  state: 'trialing' | 'active' | 'past_due' | 'lapsed' | 'ended'
  anchor: string
  /** null where the plan asks for no payment */
  paid_through: string | null
  trial_ends_at: string | null
  /** how many grants the anchor has seen; the next one is this anniversary of it */
  grants: number
  /** the most that was given for the running month, so that changing to and fro gives nothing twice */
  given_this_month: number
  /** a change that waits for the next grant */
  scheduled: Change | null
  /** credits of an upgrade that are on their way (BR-06) */
  upgrade: { at: string; credits: number } | null
  cancel_at_period_end: boolean
  /** when it lapsed or ended; null while it runs */
  lapsed_at: string | null
  /** since when it runs again after a lapse: nothing is given for the time before */
  resumed_at: string | null
  /** credits a month of memberships that were combined into this one (BR-04) */
  combined: number
  /** credits a month that support arranged in place of the plan's (BR-14); until null, for as long as it runs */
  arranged?: { credits: number; until: string | null }
  /** since when it has this plan; left out where it always had */
  plan_since?: string
  /** set when the credits of the launch were given: once for each membership and window */
  launched?: string
  /** what the payment provider said when it was last asked; left out where there is nobody to ask */
  provider?: ProviderState
}

/** What a payment provider said last, so that only its news changes anything. */
export type ProviderState = {
  status: string
  plan: string | null
  slots: number | null
  cancel_at_period_end: boolean
  /** whether it was the provider's pause that stopped the membership */
  paused: boolean
  /** how payment and state disagree, in words; null while they agree */
  attention: string | null
}

/** The terms a membership was sold under: it keeps them until it is changed on purpose. */
export type MembershipTerms = Omit<MembershipPlan, 'launch' | 'limits' | 'unlimited'> & {
  policy_version: number
  validity: string | null
  members_only: boolean
  trial_members_only: boolean
  /** left out by memberships that began before their product had one */
  launch?: LaunchTerms | null
}

/** Credits of the product's launch, whose window is the same for everybody (LS-09). */
export type LaunchTerms = {
  source: string
  credits: MonthlyAmount
  members_only: boolean
  from: string
  until: string
}

type MonthlyAmount = NonNullable<MembershipPlan['monthly']>['credits']

export type Change = { plan: string; slots: number; terms: MembershipTerms }

/** Credits that fall due: for which month, from when, until when. */
export type Due = {
  what: 'trial' | 'month' | 'upgrade' | 'launch'
  at: string
  source: string
  credits: number
  expires_at: string | null
  members_only: boolean
}

/** Something that happened, for the membership's history. */
export type TimelineEvent = { at: string; what: string; detail?: Record<string, unknown> }

export type Step = { membership: Membership; due: Due[]; events: TimelineEvent[] }

/** Later than any membership lasts. */
export const FOREVER = '9999-12-31T00:00:00.000Z'

export type PaymentProvider = keyof MembershipPlan['grace_by_provider']

/**
 * The terms of a plan as they stand in the policy, for who pays in this way.
 * @throws Refused invalid_request naming the plans there are
 */
export function termsOf(
  policy: Policy,
  planName: string,
  provider: PaymentProvider = 'manual',
): MembershipTerms {
  const plan = Object.hasOwn(policy.plans, planName) ? policy.plans[planName] : undefined
  if (!plan)
    throw invalidRequest('plan', `must be one of ${Object.keys(policy.plans).join(', ') || '(none)'}`)
  const { limits: _, unlimited: __, launch, ...terms } = plan
  const monthly = plan.monthly && sourceOf(policy, plan.monthly.source)
  return {
    ...terms,
    grace: plan.grace_by_provider[provider] ?? plan.grace,
    policy_version: policy.version,
    validity: monthly?.validity ?? null,
    members_only: monthly?.members_only ?? false,
    trial_members_only: plan.trial ? sourceOf(policy, plan.trial.source).members_only : false,
    ...(launch && policy.launch ? { launch: launchTerms(policy, policy.launch, launch.credits) } : {}),
  }
}

/** Plans by name, with the terms under which they are sold to who pays in one way. */
export type Plans = Record<string, MembershipTerms>

/** All plans of the policy, as they are sold now to who pays in this way. */
export function plansFor(policy: Policy, provider: PaymentProvider): Plans {
  return Object.fromEntries(Object.keys(policy.plans).map(plan => [plan, termsOf(policy, plan, provider)]))
}

function launchTerms(
  policy: Policy,
  { source, from, period }: NonNullable<Policy['launch']>,
  credits: MonthlyAmount,
): LaunchTerms {
  const { members_only } = sourceOf(policy, source)
  const begins = new Date(from)
  const until = addDuration(begins, period, 'UTC').toISOString()
  return { source, credits, members_only, from: begins.toISOString(), until }
}

/** Credits a month; null where the plan's amount is not configured yet (LS-06), 0 where it includes none. */
export function monthlyCredits({
  terms,
  slots,
  combined,
}: Omit<Change, 'plan'> & { combined: number }): number | null {
  if (terms.monthly === null) return combined
  const credits = forSlots(terms.monthly.credits, slots)
  return credits === null ? null : credits + combined
}

/** The credits of the month that begins at a time: as arranged with the customer, or else as the plan says. */
export function creditsOfMonth(membership: Membership, at: string): number | null {
  const { arranged, combined } = membership
  if (arranged && (arranged.until === null || at < arranged.until)) return arranged.credits + combined
  return monthlyCredits(membership)
}

/** An amount that may go by the slots; null where it is not configured yet. */
export function forSlots(amount: MonthlyAmount, slots: number): number | null {
  if (amount === null || typeof amount === 'number') return amount
  return amount.per_slot === null ? null : amount.per_slot * slots
}

/** When the n-th monthly grant of its anchor falls; the first one is the anchor itself. */
export function grantTime({ terms, anchor, time_zone }: Membership, n: number): string {
  const first = new Date(anchor)
  if (terms.grant_on === 'anniversary') return anniversary(first, n, time_zone).toISOString()
  return (n === 0 ? first : monthlyDay(first, terms.grant_on.day_of_month, n)).toISOString()
}

/** When the next monthly grant falls, provided that it is paid by then. */
export function nextGrantAt(membership: Membership): string {
  return grantTime(membership, membership.grants)
}

/**
 * Until when it makes its account a member, as things stand. The book keeps this time, so a lapse happens at the
 * instant, whoever is running (XD-09).
 */
export function coveredUntil(membership: Membership): string {
  const { state, lapsed_at, paid_through, terms, time_zone, cancel_at_period_end } = membership
  if (lapsed_at !== null) return lapsed_at
  if (paid_through === null) return cancel_at_period_end ? nextGrantAt(membership) : FOREVER
  if (cancel_at_period_end || state === 'trialing' || terms.grace === null) return paid_through
  return addDuration(new Date(paid_through), terms.grace, time_zone).toISOString()
}

/** When credits of a running month die that are given at a time. */
export function expiryInMonth(membership: Membership, at: string, monthEnds: string): string | null {
  const { validity } = membership.terms
  if (validity === null || validity === 'never_expires') return null
  if (validity === 'until_next_grant' || validity === 'stated_by_grant') return monthEnds
  return addDuration(new Date(at), validity, membership.time_zone).toISOString()
}
