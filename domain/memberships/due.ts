import {
  type Change,
  coveredUntil,
  creditsOfMonth,
  type Due,
  expiryInMonth,
  FOREVER,
  forSlots,
  grantTime,
  type Membership,
  nextGrantAt,
  type Step,
  type TimelineEvent,
} from './membership.ts'

type Kind = 'month' | 'upgrade' | 'launch' | 'trial_end' | 'past_due' | 'lapse' | 'end'

/**
 * Does everything that has fallen due by a time, in the order in which it fell due: a worker that was away for three
 * months catches up with each month's grant at its own time and with its own validity.
 */
export function step(membership: Membership, now: string): Step {
  const due: Due[] = []
  const events: TimelineEvent[] = []
  let current = membership
  for (let next = nextDue(current); next && next.at <= now; next = nextDue(current)) {
    const done = happen(current, next)
    current = done.membership
    due.push(...done.due)
    events.push(...done.events)
  }
  return { membership: current, due, events }
}

/** What falls due next, and when; null when nothing ever will. */
export function nextDue(membership: Membership): { kind: Kind; at: string } | null {
  const { state, trial_ends_at, upgrade, paid_through, resumed_at, cancel_at_period_end } = membership
  if (state === 'lapsed' || state === 'ended') return null
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
  return found.reduce<(typeof found)[number] | null>(
    (first, one) => (first && first.at <= one.at ? first : one),
    null,
  )
}

function isNextMonthPaid(membership: Membership): boolean {
  const { paid_through, cancel_at_period_end } = membership
  if (paid_through === null) return !cancel_at_period_end
  return nextGrantAt(membership) < paid_through
}

/** When the credits of the launch are due: once, from its beginning or that of the membership, until its end (LS-09). */
function launchAt(membership: Membership): string | null {
  const { terms, slots, launched, anchor, plan_since, resumed_at } = membership
  const { launch } = terms
  if (!launch || launched === launch.until || !forSlots(launch.credits, slots)) return null
  const at = [anchor, plan_since ?? null, resumed_at].reduce<string>(later, launch.from)
  return at < launch.until && at < coveredUntil(membership) ? at : null
}

export function later(a: string, b: string | null): string {
  return b !== null && b > a ? b : a
}

function happen(membership: Membership, { kind, at }: { kind: Kind; at: string }): Step {
  switch (kind) {
    case 'month':
      return giveMonth(membership, at)
    case 'upgrade':
      return giveUpgrade({ ...membership, upgrade: null }, at, membership.upgrade?.credits ?? 0)
    case 'launch':
      return giveLaunch(membership, at)
    case 'trial_end':
      return endTrial(membership, at)
    case 'past_due':
      return {
        membership: { ...membership, state: 'past_due' },
        due: [],
        events: [{ at, what: 'past_due' }],
      }
    case 'lapse':
    case 'end':
      return stop(membership, at, kind)
  }
}

/** Ends the membership's running time: what freezes, freezes at this instant, credits still on their way with it. */
export function stop(membership: Membership, at: string, kind: 'lapse' | 'end'): Step {
  const state = kind === 'end' ? ('ended' as const) : ('lapsed' as const)
  const given = giveUpgrade({ ...membership, upgrade: null }, at, membership.upgrade?.credits ?? 0)
  return {
    membership: { ...given.membership, state, lapsed_at: at },
    due: given.due,
    events: [...given.events, { at, what: state }],
  }
}

/** The membership under another plan; one that begins to ask for payment is paid for the month that runs. */
export function withPlan(
  membership: Membership,
  { plan, slots, terms }: Change,
  monthEnds: string,
): Membership {
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
  const membership = { ...changed, grants: changed.grants + 1, given_this_month: credits ?? 0 }
  const { plan, slots } = changed
  const events: TimelineEvent[] = changesPlan(before)
    ? [{ at, what: 'changed', detail: { plan, slots } }]
    : []
  if (!credits) return { membership, due: [], events }
  const due: Due = {
    ...sourceOfMonth(changed),
    what: 'month',
    at,
    credits,
    expires_at: expiryInMonth(changed, at, monthEnds),
  }
  return { membership, due: [due], events: [...events, { at, what: 'granted', detail: { credits } }] }
}

/** Whether a change of plan or slots waits for the next grant, and not only another day of the month. */
export function changesPlan({ scheduled, plan, slots }: Membership): boolean {
  return scheduled !== null && (scheduled.plan !== plan || scheduled.slots !== slots)
}

/** Gives credits of an upgrade within the running month; they die with the month's own. */
export function giveUpgrade(membership: Membership, at: string, credits: number): Step {
  if (credits === 0) return { membership, due: [], events: [] }
  const expires_at = expiryInMonth(membership, at, nextGrantAt(membership))
  return {
    membership,
    due: [{ ...sourceOfMonth(membership), what: 'upgrade', at, credits, expires_at }],
    events: [{ at, what: 'granted', detail: { credits, for: 'upgrade' } }],
  }
}

function giveLaunch(membership: Membership, at: string): Step {
  const { launch } = membership.terms
  const credits = launch && forSlots(launch.credits, membership.slots)
  if (!launch || !credits) throw new Error('no launch is due')
  const { source, members_only, until } = launch
  return {
    membership: { ...membership, launched: until },
    due: [{ what: 'launch', at, source, credits, expires_at: until, members_only }],
    events: [{ at, what: 'granted', detail: { credits, for: 'launch' } }],
  }
}

function sourceOfMonth({ terms }: Membership): Pick<Due, 'source' | 'members_only'> {
  return { source: terms.monthly?.source ?? '', members_only: terms.members_only }
}

/** A trial that was paid for meanwhile goes on as a membership; any other one lapses. */
function endTrial(membership: Membership, at: string): Step {
  const { paid_through, cancel_at_period_end } = membership
  if (paid_through !== null && paid_through <= at)
    return stop(membership, at, cancel_at_period_end ? 'end' : 'lapse')
  return { membership: { ...membership, state: 'active' }, due: [], events: [{ at, what: 'converted' }] }
}
