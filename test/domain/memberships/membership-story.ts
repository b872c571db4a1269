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

export function eventOf(told: Exclude<TransitionInput, { kind: 'wait' }>, membership: Membership): MembershipEvent {
  if (told.kind !== 'to') return told
  const { plan = membership.plan, slots = membership.slots, when } = told
  return { kind: 'change', change: { plan, slots, terms: termsOf(policy, plan) }, when }
}

export function tell(membership: Membership, told: TransitionInput, now: string): Step {
  return told.kind === 'wait' ? step(membership, now) : apply(membership, eventOf(told, membership), now)
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
export function time(short: string): string {
  return new Date(short.includes('T') ? `${short}:00:00Z` : `${short}T00:00:00Z`).toISOString()
}

export function short(instant: string | null): string {
  return instant === null ? 'never' : instant.replace('T00:00:00.000Z', '').replace(':00:00.000Z', '')
}

export function words({ what, credits, at, expires_at }: Due): string {
  return `${what} ${credits} ${short(at)} → ${short(expires_at)}`
}

export type Story = { membership: Membership; due: Due[] }

/** Opens a membership at the first time, applies each event at its time, and runs it until the last. */
export function live(
  opening: Partial<Opening> & { plan: string },
  began: string,
  story: [string, TransitionInput][],
): Story {
  let { membership, due } = openMembership(termsOf(policy, opening.plan), opening, 'UTC', began)
  for (const [at, told] of story) {
    const done = tell(membership, told, time(at))
    membership = done.membership
    due = [...due, ...done.due]
  }
  return { membership, due }
}

export type Row = {
  name: string
  open: Partial<Opening> & { plan: string }
  at?: string
  story: [string, TransitionInput][]
  gives: string[]
  is?: Partial<Record<keyof Membership, unknown>>
}

export const paidAYear = { paid_through: time('2028-01-15') }

/** A test per row: the grants of the membership, and its state at the end. */
export function plays(name: string, rows: Row[]): void {
  describe(name, () => {
    it.each(rows)('$name', ({ open, at = '2027-01-15', story, gives, is = {} }) => {
      const { membership, due } = live(open, time(at), story)
      expect(due.map(words)).toEqual(gives)
      expect(membership).toMatchObject(is)
    })
  })
}
