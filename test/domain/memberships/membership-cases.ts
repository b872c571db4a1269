import { step } from '../../../domain/memberships/due.ts'
import { apply, type MembershipEvent } from '../../../domain/memberships/events.ts'
import type { Due, Membership, Step } from '../../../domain/memberships/membership.ts'
import { type Opening, openMembership } from '../../../domain/memberships/opening.ts'
import { termsOf } from '../../../domain/memberships/terms.ts'
import { policyWith } from '../policy/example-policy.ts'

const plan = { name: 'Plan', monthly: { source: 'reset', credits: 500 } }
const large = { ...plan, monthly: { source: 'reset', credits: 1500 } }
const trial = { period: 'P7D', source: 'trial', credits: 20 }

export const policy = policyWith({
  sources: {
    carried: { validity: 'never_expires', members_only: true },
    reset: { validity: 'until_next_grant' },
    days: { validity: 'P30D' },
    trial: { validity: 'stated_by_grant', members_only: true },
    launch: { validity: 'stated_by_grant' },
  },
  launch: { from: '2027-02-01T00:00:00Z', period: 'P4W', source: 'launch' },
  plans: {
    small: plan,
    large,
    none: { name: 'None' },
    open: { name: 'Open', monthly: { source: 'reset', credits: null } },
    slots: { name: 'Slots', monthly: { source: 'reset', credits: { per_slot: 10 } } },
    'open-slots': { name: 'Open slots', monthly: { source: 'reset', credits: { per_slot: null } } },
    launched: {
      name: 'Launched',
      grant_on: { day_of_month: 1 },
      monthly: { source: 'reset', credits: { per_slot: 10 } },
      launch: { credits: { per_slot: 10 } },
    },
    'launch-open': { name: 'Launch open', launch: { credits: { per_slot: null } } },
    'launch-after-trial': { ...plan, monthly: null, trial, launch: { credits: 70 } },
    'first-of-month': { ...plan, grant_on: { day_of_month: 1 } },
    carried: { name: 'Carried', monthly: { source: 'carried', credits: 100 }, trial },
    days: { name: 'Days', monthly: { source: 'days', credits: 300 } },
    yearly: { ...plan, period: 'P1Y' },
    life: { ...plan, payment: 'none', monthly: { source: 'reset', credits: 50 } },
    grace: { ...plan, grace: 'P7D' },
    'grace-days': { name: 'Days', grace: 'P7D', monthly: { source: 'days', credits: 300 } },
    'trial-with-grace': { ...plan, grace: 'P7D', trial },
    'same-day': { ...plan, after_lapse: 'same_anchor' },
    all: { ...large, after_upgrade: { grant: 'all' } },
    nothing: { ...large, after_upgrade: { grant: 'none' } },
    slow: { ...large, after_upgrade: { delay_hours: 24 } },
    slower: { ...large, monthly: { source: 'reset', credits: 2000 }, after_upgrade: { delay_hours: 24 } },
    'small-at-once': { ...plan, downgrade: 'now' },
  },
})

export type TransitionInput =
  | MembershipEvent
  | { kind: 'wait' }
  | { kind: 'to'; plan?: string; slots?: number; when?: 'now' | 'next_grant' | undefined }

export function eventOf(input: Exclude<TransitionInput, { kind: 'wait' }>, membership: Membership): MembershipEvent {
  if (input.kind !== 'to') return input
  const { plan = membership.plan, slots = membership.slots, when } = input
  return { kind: 'change', change: { plan, slots, terms: termsOf(policy, plan) }, when }
}

export function applyInput(membership: Membership, input: TransitionInput, now: string): Step {
  return input.kind === 'wait' ? step(membership, now) : apply(membership, eventOf(input, membership), now)
}

export const to = (plan: string, when?: 'now' | 'next_grant'): TransitionInput => ({
  kind: 'to',
  plan,
  ...(when ? { when } : {}),
})
export const toSlots = (slots: number): TransitionInput => ({ kind: 'to', slots })
export const renew = (paid_through: string): TransitionInput => ({
  kind: 'renew',
  paid_through: time(paid_through),
})
export const wait: TransitionInput = { kind: 'wait' }
export const lapse: TransitionInput = { kind: 'lapse' }
export const reactivate: TransitionInput = { kind: 'reactivate' }
export const cancel: TransitionInput = { kind: 'cancel' }
export const cancelNow: TransitionInput = { kind: 'cancel', when: 'now' }

/** 2027-01-15 or 2027-01-15T12 as an instant. */
export function time(shortTime: string): string {
  return new Date(shortTime.includes('T') ? `${shortTime}:00:00Z` : `${shortTime}T00:00:00Z`).toISOString()
}

export function shortTime(instant: string | null): string {
  return instant === null ? 'never' : instant.replace('T00:00:00.000Z', '').replace(':00:00.000Z', '')
}

export function describeGrant({ what, credits, at, expires_at }: Due): string {
  return `${what} ${credits} ${shortTime(at)} → ${shortTime(expires_at)}`
}

export type MembershipRun = { membership: Membership; due: Due[] }

/** Opens a membership and applies each input at its time. */
export function runMembership(
  opening: Partial<Opening> & { plan: string },
  startedAt: string,
  events: [string, TransitionInput][],
): MembershipRun {
  let { membership, due } = openMembership(termsOf(policy, opening.plan), opening, 'UTC', startedAt)
  for (const [at, input] of events) {
    const result = applyInput(membership, input, time(at))
    membership = result.membership
    due = [...due, ...result.due]
  }
  return { membership, due }
}

export type MembershipCase = {
  name: string
  opening: Partial<Opening> & { plan: string }
  at?: string
  events: [string, TransitionInput][]
  grants: string[]
  final?: Partial<Record<keyof Membership, unknown>>
}

export const paidForAYear = { paid_through: time('2028-01-15') }

/** Declares a test for each case, of the grants of a membership and its final state. */
export function testMemberships(name: string, rows: MembershipCase[]): void {
  describe(name, () => {
    it.each(rows)('$name', ({ opening, at = '2027-01-15', events, grants, final = {} }) => {
      const { membership, due } = runMembership(opening, time(at), events)
      expect(due.map(describeGrant)).toEqual(grants)
      expect(membership).toMatchObject(final)
    })
  })
}
