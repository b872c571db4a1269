import { invalidRequest } from '../shared/refusals.ts'
import { later, step } from './due.ts'
import { anchorAt, creditsOfMonth, grantTime, type Membership, type ProviderState, type Step } from './membership.ts'
import type { MembershipTerms } from './terms.ts'

/** A membership of another system. Times are ISO 8601 UTC. */
export type ImportedMembership = {
  plan: string
  slots: number
  /** the start, from which its months count; at Stripe the billing cycle's */
  anchor: string
  paid_through?: string | undefined
  trial_ends_at?: string | undefined
  cancel_at_period_end: boolean
  /** the other system granted the months that began by then; the time of the import if absent */
  granted_until?: string | undefined
  provider: 'manual' | 'stripe'
}

/**
 * Takes a membership over at a time. Months that the other system granted count as granted, with their credits, which come as
 * lots; later ones follow on their anniversaries. Nobody is told: no event but the import and grants.
 * @throws Refused invalid_request
 */
export function importMembership(
  terms: MembershipTerms,
  imported: ImportedMembership,
  timeZone: string,
  at: string,
): Step {
  const { plan, slots, cancel_at_period_end, trial_ends_at = '' } = imported
  const inTrial = trial_ends_at > at
  const anchor = inTrial ? trial_ends_at : imported.anchor
  const paid_through = paidThrough(terms, imported)
  if (imported.anchor > at) throw invalidRequest('anchor', `must not be after the time of the import, ${at}`)
  if (inTrial && !terms.trial) throw invalidRequest('trial_ends_at', 'is of a plan without a trial')
  const launch = terms.launch && terms.launch.from <= at ? terms.launch : null
  const known: Membership = {
    plan,
    slots,
    terms,
    time_zone: timeZone,
    state: inTrial ? 'trialing' : 'active',
    anchor,
    paid_through: inTrial ? later(trial_ends_at, paid_through) : paid_through,
    trial_ends_at: imported.trial_ends_at ?? null,
    grants: 0,
    given_this_month: 0,
    scheduled: null,
    upgrade: null,
    cancel_at_period_end,
    lapsed_at: null,
    resumed_at: null,
    combined: 0,
    ...(imported.provider === 'stripe' ? { provider: providerState(imported) } : {}),
  }
  const granted = withGrantedMonths(anchorAt(known, anchor, known.paid_through), imported.granted_until ?? at)
  const launched = launch && { launched: launch.per === 'month' ? grantTime(granted, granted.grants) : launch.until }
  const { membership, due, events } = step({ ...granted, ...launched }, at)
  const grants = events.filter(({ what }) => what === 'granted')
  return { membership, due, events: [{ at, what: 'imported', detail: { plan, months: granted.grants } }, ...grants] }
}

function paidThrough({ payment }: MembershipTerms, { paid_through, anchor }: ImportedMembership): string | null {
  if (payment === 'none') return null
  if (paid_through === undefined) throw invalidRequest('paid_through', 'is required, because the plan is paid')
  if (paid_through <= anchor) throw invalidRequest('paid_through', 'must be after the anchor')
  return paid_through
}

/** With the months that began by a time counted as granted; none was after the paid time. */
function withGrantedMonths(membership: Membership, until: string): Membership {
  const { paid_through, state } = membership
  if (state === 'trialing') return membership
  const isGranted = (at: string) => at <= until && (paid_through === null || at < paid_through)
  let grants = 0
  while (isGranted(grantTime(membership, grants))) grants += 1
  const given = grants > 0 ? creditsOfMonth(membership, grantTime(membership, grants - 1)) : 0
  return { ...membership, grants, given_this_month: given ?? 0 }
}

/** As after a poll that found nothing else, so that the next one finds only what is new. */
function providerState({ plan, slots, cancel_at_period_end }: ImportedMembership): ProviderState {
  return { status: 'active', plan, slots, cancel_at_period_end, paused: false, attention: null }
}
