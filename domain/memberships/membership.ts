import { addDuration, anniversary, dayOfMonth, isOnDay, monthlyDay } from '../shared/calendar.ts'
import { forSlots, type MembershipTerms } from './terms.ts'

/** A membership. Times are ISO 8601 UTC texts of the account's clock, which compare as text. */
export type Membership = {
  plan: string
  slots: number
  terms: MembershipTerms
  time_zone: string
  state: 'trialing' | 'active' | 'past_due' | 'lapsed' | 'ended'
  anchor: string
  /** the day of its months, if the anchor is the end of a month without that day */
  anchor_day?: number
  /** null for plans without payment */
  paid_through: string | null
  trial_ends_at: string | null
  /** monthly grants since the anchor; the next one falls on the anniversary of this number */
  grants: number
  /** the most credits granted for the current month, so that changing plans back and forth grants nothing twice */
  given_this_month: number
  /** a change at the next grant */
  scheduled: Change | null
  /** an upgrade's credits that are delayed by the policy (BR-06) */
  upgrade: { at: string; credits: number } | null
  cancel_at_period_end: boolean
  /** when it lapsed or ended; null while it is running */
  lapsed_at: string | null
  /** when it returned from a lapse; nothing is granted for the time before */
  resumed_at: string | null
  /** monthly credits of memberships combined into this one (BR-04) */
  combined: number
  /** the membership that it is combined into. It ends when no month of its own begins before that one's next (BR-18) */
  joins?: { into: string; before: string }
  /** monthly credits that replace the plan's (BR-14); null: without end */
  arranged?: { credits: number; until: string | null }
  /** since when it has its plan; absent if always */
  plan_since?: string
  /** the end of the launch window, or of the month within it, whose launch credits were granted */
  launched?: string
  /** the provider's state at the last poll; absent for manual payments */
  provider?: ProviderState
  /** a change that the provider has not confirmed yet; absent if there is none */
  subscription_change?: SubscriptionChange
  /** the time until which a person has seen the charges for times after its end; absent if none was seen */
  charges_seen?: string
  /** what a provider's payments were granted for, oldest first */
  months?: MonthGranted[]
  /** the credits of months whose payment went back, by month; absent if there are none */
  revoked?: Record<string, number>
  /** the credits of months whose rest the invoice of a restarted cycle credits, by month; absent if there are none */
  returned?: Record<string, number>
}

/** A provider's state at the last poll, to detect changes. */
export type ProviderState = {
  /** when the last change was sent to the provider */
  as_of?: string
  status: string
  plan: string | null
  slots: number | null
  cancel_at_period_end: boolean
  /** whether it was stopped by the provider's pause */
  paused: boolean
  /** the payments; absent if no money of them went back */
  money_back?: MoneyBack
  /** the paid changes within periods that were applied */
  prorations?: string[]
  /** how the membership differs from the provider's state, or what the policy leaves open; null if nothing does */
  attention: string | null
}

/**
 * The payments of a subscription, once money of one of them went back, and the policy's rule for it; null if it has none.
 * Credits are those of a month of the plan that was paid for; money is in minor units.
 */
export type MoneyBack = {
  rule: NonNullable<MembershipTerms['refund']> | null
  payments: {
    from: string
    to: string
    proration: boolean
    credits: number
    /** went back by a refund, dispute or credit note, as the rule decides */
    back: number
    /** credited by a later invoice, whatever the rule */
    credited: number
    of: number
  }[]
}

/** A change of the subscription that was requested here. `refused`: why the provider does not make it. */
export type SubscriptionChange = {
  to: 'cancelled' | 'cancelled_at_period_end' | 'continued'
  since: string
  refused: string | null
}

/**
 * The credits granted for a month, by the times at which it begins and, unless its cycle is restarted, ends. `late`: those of
 * upgrades of earlier months among them.
 */
export type MonthGranted = { at: string; ends: string; credits: number; late?: number; sources: string[] }

export type Change = { plan: string; slots: number; terms: MembershipTerms }

/** Credits that fall due. */
export type Due = {
  what: 'trial' | 'month' | 'upgrade' | 'late_upgrade' | 'launch'
  at: string
  source: string
  credits: number
  expires_at: string | null
  members_only: boolean
  /** of a month */
  ends?: string
}

/** An event of a timeline. */
export type TimelineEvent = { at: string; what: string; detail?: Record<string, unknown> }

/** A decision: the membership afterwards, credits that fell due, and timeline events. */
export type Step = { membership: Membership; due: Due[]; events: TimelineEvent[] }

/** A step that grants nothing. */
export function stepTo(membership: Membership, ...events: TimelineEvent[]): Step {
  return { membership, due: [], events }
}

/** Runs a second step on the result of the first. */
export function then(first: Step, next: (membership: Membership) => Step): Step {
  const { membership, due, events } = next(first.membership)
  return { membership, due: [...first.due, ...due], events: [...first.events, ...events] }
}

/** Later than any membership lasts. */
export const FOREVER = '9999-12-31T00:00:00.000Z'

export function isRunning({ state }: Membership): boolean {
  return state !== 'lapsed' && state !== 'ended'
}

/** Monthly credits; null if the plan's amount is not configured yet (LS-06), 0 if the plan includes none. */
export function monthlyCredits({ terms, slots, combined }: Omit<Change, 'plan'> & { combined: number }): number | null {
  if (terms.monthly === null) return combined
  const credits = forSlots(terms.monthly.credits, slots)
  return credits === null ? null : credits + combined
}

/** The credits of the month that begins at a time: as arranged, or else by the plan. */
export function creditsOfMonth(membership: Membership, at: string): number | null {
  const { arranged, combined } = membership
  if (arranged && (arranged.until === null || at < arranged.until)) return arranged.credits + combined
  return monthlyCredits(membership)
}

/**
 * Starts months at a time. The end of a short month may belong to a later day: the day of the membership before, or
 * the day on which the paid time ends (BR-01).
 * @param day of the billing cycle, if the provider says it
 */
export function anchorAt(membership: Membership, anchor: string, paidThrough: string | null, day?: number): Membership {
  const { anchor_day: _, ...others } = membership
  const { time_zone } = membership
  if (paidThrough === null) return { ...others, anchor }
  const [from, to] = [new Date(anchor), new Date(paidThrough)]
  const own = dayOfMonth(from, time_zone)
  const days = [day ?? 0, anchorDay(membership), dayOfMonth(to, time_zone)]
  const found = days.find(each => each > own && isOnDay(from, each, time_zone) && isOnDay(to, each, time_zone))
  return { ...others, anchor, ...(found === undefined ? {} : { anchor_day: found }) }
}

/** The day of the month on which months begin. */
export function anchorDay({ anchor, anchor_day, time_zone }: Membership): number {
  return anchor_day ?? dayOfMonth(new Date(anchor), time_zone)
}

/** The time of the n-th monthly grant; 0 is the anchor. */
export function grantTime({ terms, anchor, anchor_day, time_zone }: Membership, n: number): string {
  const first = new Date(anchor)
  if (terms.grant_on === 'anniversary') return anniversary(first, n, time_zone, anchor_day).toISOString()
  return (n === 0 ? first : monthlyDay(first, terms.grant_on.day_of_month, n)).toISOString()
}

/** The time of the next monthly grant, if it is paid by then. */
export function nextGrantAt(membership: Membership): string {
  return grantTime(membership, membership.grants)
}

/** Until when the account is a member. The database stores this time, so that a lapse needs no worker (XD-09). */
export function coveredUntil(membership: Membership): string {
  const { state, lapsed_at, paid_through, terms, time_zone, cancel_at_period_end } = membership
  if (lapsed_at !== null) return lapsed_at
  if (paid_through === null) return cancel_at_period_end ? nextGrantAt(membership) : FOREVER
  if (cancel_at_period_end || state === 'trialing' || terms.grace === null) return paid_through
  return addDuration(new Date(paid_through), terms.grace, time_zone).toISOString()
}
