import type { Membership } from '../../../domain/memberships/membership.ts'
import {
  type PaidLine,
  type Subscription,
  subscriptionSnapshot,
} from '../../../domain/memberships/subscriptions/subscription.ts'
import { plansFor } from '../../../domain/memberships/terms.ts'
import { decideTransition, type Transition } from '../../../domain/memberships/transitions.ts'
import { policyWith } from '../policy/example-policy.ts'

const monthly = { source: 'monthly', credits: 500 }
const policyOf = (memberships: object) =>
  policyWith({
    sources: { monthly: { validity: 'until_next_grant' } },
    memberships,
    plans: {
      small: { name: 'Small', monthly },
      large: { name: 'Large', monthly: { ...monthly, credits: 1500 } },
      yearly: { name: 'Yearly', period: 'P1Y', monthly },
    },
  })

export const day = (date: string) => `2026-${date}T00:00:00.000Z`
export const [JAN, FEB, MAR] = [day('01-10'), day('02-10'), day('03-10')]
export const NEXT_YEAR = '2027-01-10T00:00:00.000Z'

export const line = (fields: Partial<PaidLine> = {}): PaidLine => ({
  item: 'si_1',
  plan: 'small',
  slots: 1,
  from: JAN,
  to: FEB,
  proration: false,
  amount: 1000,
  invoice: 'in_1',
  ...fields,
})
export const refunded = (amount: number, of = 1000) => ({ back: { amount, of } })

/** A subscription's paid lines as they are read at a time. */
export type Reading = [at: string, lines: PaidLine[], fields?: Partial<Subscription>]

/** Syncs a membership with readings. @returns all transitions */
export function syncAll(readings: Reading[], memberships: object = { refund: 'revoke_unused' }): Transition[] {
  const plans = plansFor(policyOf(memberships), 'stripe')
  let membership: Membership | null = null
  const steps: Transition[] = []
  for (const [at, lines, fields] of readings) {
    const plan = lines.findLast(({ from, to }) => from <= at && at < to)?.plan ?? 'small'
    const subscription: Subscription = {
      status: 'active',
      plan: null,
      items: [{ id: 'si_1', plan, slots: 1 }],
      lines,
      trial: null,
      cancel_at_period_end: false,
      billing_anchor: JAN,
      ended_at: null,
      ...fields,
    }
    const snapshot = subscriptionSnapshot(subscription, plans)
    steps.push(decideTransition(membership, { kind: 'subscription', snapshot, plans, since: JAN }, at))
    membership = steps.at(-1)?.membership ?? null
  }
  return steps
}

/** @returns the last transition */
export function syncSnapshots(readings: Reading[], memberships?: object) {
  const last = syncAll(readings, memberships).at(-1) as Transition
  return { ...last, revoked: last.membership.revoked ?? {} }
}

export const grants = ({ due }: { due: { at: string; credits: number }[] }) =>
  due.map(({ at, credits }) => `${credits} ${at.slice(5, 10)}`)
