import { addDuration } from '../shared/calendar.ts'
import {
  type Change,
  coveredUntil,
  creditsOfMonth,
  type Due,
  FOREVER,
  grantTime,
  isRunning,
  type Membership,
  nextGrantAt,
  type Step,
  stepTo,
  type TimelineEvent,
  then,
} from './membership.ts'
import { forSlots } from './terms.ts'

type Kind = 'month' | 'upgrade' | 'launch' | 'trial_end' | 'past_due' | 'lapse' | 'end'

/** Takes every step that is due, in order and each at its own time, so that a late worker grants every missed month. */
export function step(membership: Membership, now: string): Step {
  let done = stepTo(membership)
  for (let next = nextDue(membership); next && next.at <= now; next = nextDue(done.membership)) {
    const { kind, at } = next
    done = then(done, current => takeStep(current, kind, at))
  }
  return done
}

/** The next step that falls due; null if none ever will. */
export function nextDue(membership: Membership): { kind: Kind; at: string } | null {
  const { state, trial_ends_at, upgrade, paid_through, resumed_at, cancel_at_period_end } = membership
  if (!isRunning(membership)) return null
  const found: { kind: Kind; at: string }[] = []
  if (state === 'trialing' && trial_ends_at) found.push({ kind: 'trial_end', at: trial_ends_at })
  if (state !== 'trialing' && isNextMonthPaid(membership))
    found.push({ kind: 'month', at: later(nextGrantAt(membership), resumed_at) })
  const launch = state === 'trialing' ? null : launchAt(membership)
  if (launch) found.push({ kind: 'launch', at: launch })
  if (upgrade) found.push({ kind: 'upgrade', at: upgrade.at })
  const covered = coveredUntil(membership)
  if (state === 'active' && paid_through !== null && paid_through < covered)
    found.push({ kind: 'past_due', at: paid_through })
  if (state !== 'trialing' && covered !== FOREVER)
    found.push({ kind: cancel_at_period_end ? 'end' : 'lapse', at: covered })
  return found.reduce<(typeof found)[number] | null>((first, one) => (first && first.at <= one.at ? first : one), null)
}

function isNextMonthPaid(membership: Membership): boolean {
  const { paid_through, cancel_at_period_end } = membership
  if (paid_through === null) return !cancel_at_period_end
  return nextGrantAt(membership) < paid_through
}

/** When the next launch credits are due: within the window, while the membership has its plan (LS-09, LS-22). */
function launchAt(membership: Membership): string | null {
  const { terms, slots, launched, anchor, plan_since, resumed_at } = membership
  const { launch } = terms
  if (!launch || !forSlots(launch.credits, slots)) return null
  const at = [anchor, plan_since ?? null, resumed_at, launched ?? null].reduce<string>(later, launch.from)
  // Launch credits of a month come with it, so they wait for its payment.
  if (launch.per === 'month' && at >= nextGrantAt(membership)) return null
  return at < launch.until && at < coveredUntil(membership) ? at : null
}

export function later(a: string, b: string | null): string {
  return b !== null && b > a ? b : a
}

function takeStep(membership: Membership, kind: Kind, at: string): Step {
  switch (kind) {
    case 'month':
      return then(giveMonth(membership, at), given => endIfJoined(given, at))
    case 'upgrade':
      return giveUpgrade({ ...membership, upgrade: null }, at, membership.upgrade?.credits ?? 0)
    case 'launch':
      return giveLaunch(membership, at)
    case 'trial_end':
      return endTrial(membership, at)
    case 'past_due':
      return stepTo({ ...membership, state: 'past_due' }, { at, what: 'past_due' })
    case 'lapse':
    case 'end':
      return stop(membership, at, kind)
  }
}

/** Lapses or ends a membership. A delayed upgrade is granted now, so that it freezes with the rest. */
export function stop(membership: Membership, at: string, kind: 'lapse' | 'end', event?: TimelineEvent): Step {
  const state = kind === 'end' ? 'ended' : 'lapsed'
  const given = giveUpgrade({ ...membership, upgrade: null }, at, membership.upgrade?.credits ?? 0)
  return then(given, current => stepTo({ ...current, state, lapsed_at: at }, event ?? { at, what: state }))
}

/** Ends a membership that is combined into another one, once none of its own months begins before that one's next. */
export function endIfJoined(membership: Membership, at: string): Step {
  const { joins } = membership
  if (!joins || nextGrantAt(membership) < joins.before) return stepTo(membership)
  return stop(membership, at, 'end', { at, what: 'joined', detail: { into: joins.into } })
}

/** Changes the plan. From a free to a paid plan, the current month counts as paid. */
export function withPlan(membership: Membership, { plan, slots, terms }: Change, monthEnds: string): Membership {
  const { state, paid_through } = membership
  const free = terms.payment === 'none'
  return {
    ...membership,
    plan,
    slots,
    terms,
    scheduled: null,
    paid_through: free ? null : (paid_through ?? monthEnds),
    state: free && state === 'past_due' ? 'active' : state,
  }
}

function giveMonth(before: Membership, at: string): Step {
  const { scheduled } = before
  const monthEnds = grantTime({ ...before, ...scheduled }, before.grants + 1)
  const since = changesPlan(before) ? { plan_since: at } : {}
  const changed = scheduled ? { ...withPlan(before, scheduled, monthEnds), ...since } : before
  const credits = creditsOfMonth(changed, at)
  const { plan, slots } = changed
  const done = stepTo(
    { ...changed, grants: changed.grants + 1, given_this_month: credits ?? 0 },
    ...(changesPlan(before) ? [{ at, what: 'changed', detail: { plan, slots } }] : []),
  )
  if (!credits) return done
  const expires_at = expiryOfMonthlyCredits(changed, at, monthEnds)
  done.due.push({ ...sourceOfMonth(changed), what: 'month', at, credits, expires_at, ends: monthEnds })
  done.events.push({ at, what: 'granted', detail: { credits } })
  return done
}

/** Whether the scheduled change is one of plan or slots, not only of the grant's day. */
export function changesPlan({ scheduled, plan, slots }: Membership): boolean {
  return scheduled !== null && (scheduled.plan !== plan || scheduled.slots !== slots)
}

/** Grants an upgrade's credits, which expire with those of the current month. */
export function giveUpgrade(membership: Membership, at: string, credits: number): Step {
  if (credits === 0) return stepTo(membership)
  const expires_at = expiryOfMonthlyCredits(membership, at, nextGrantAt(membership))
  return {
    membership,
    due: [{ ...sourceOfMonth(membership), what: 'upgrade', at, credits, expires_at }],
    events: [{ at, what: 'granted', detail: { credits, for: 'upgrade' } }],
  }
}

/** Grants the credits of upgrades that were paid after their months; they expire with those of the current month. */
export function giveLateUpgrade(membership: Membership, at: string, credits: number): Step {
  const { membership: given, due, events } = giveUpgrade(membership, at, credits)
  return { membership: given, due: due.map(each => ({ ...each, what: 'late_upgrade' })), events }
}

function giveLaunch(membership: Membership, at: string): Step {
  const { launch } = membership.terms
  const credits = launch && forSlots(launch.credits, membership.slots)
  if (!launch || !credits) throw new Error('no launch is due')
  const { source, members_only, until, per } = launch
  return {
    membership: { ...membership, launched: per === 'month' ? nextGrantAt(membership) : until },
    due: [{ what: 'launch', at, source, credits, expires_at: until, members_only }],
    events: [{ at, what: 'granted', detail: { credits, for: 'launch' } }],
  }
}

function sourceOfMonth({ terms }: Membership): Pick<Due, 'source' | 'members_only'> {
  return { source: terms.monthly?.source ?? '', members_only: terms.members_only }
}

/** A paid trial becomes an active membership; an unpaid one stops. */
function endTrial(membership: Membership, at: string): Step {
  const { paid_through, cancel_at_period_end } = membership
  if (paid_through !== null && paid_through <= at) return stop(membership, at, cancel_at_period_end ? 'end' : 'lapse')
  return stepTo({ ...membership, state: 'active' }, { at, what: 'converted' })
}

/**
 * When credits granted at a time within a month expire: never, after their validity, or with the month, which ends unused
 * monthly credits (BR-02). A membership states no expiry of its own, so `stated_by_grant` means the month's end too.
 */
function expiryOfMonthlyCredits(membership: Membership, at: string, monthEnds: string): string | null {
  const { validity } = membership.terms
  if (validity === null || validity === 'never_expires') return null
  if (validity === 'until_next_grant' || validity === 'stated_by_grant') return monthEnds
  return addDuration(new Date(at), validity, membership.time_zone).toISOString()
}
