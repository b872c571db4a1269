import type { MembershipGrant } from '../memberships/grants.ts'
import { coveredUntil, FOREVER, type Membership } from '../memberships/membership.ts'
import { monthCause } from '../memberships/subscriptions/money-back.ts'
import { replayTransitions } from '../memberships/transitions.ts'
import type { Policy } from '../policy/policy.ts'
import { fulfil } from '../purchases/fulfilment.ts'
import { purchaseGrant } from '../purchases/grants.ts'
import { applyPaymentFacts } from '../purchases/payments.ts'
import { isLate, isOwed, type Purchase, withoutPayments } from '../purchases/purchase.ts'
import type { AuditedMembership, AuditedPurchase, LedgerSnapshot } from './ledger-snapshot.ts'

/** A grant that the rules expect, once per key. */
export type ExpectedGrant = Omit<MembershipGrant, 'origin' | 'terms'> & {
  origin: { type: string; id: string }
  terms: object
}

/** The expected grants of an account, recomputed from its memberships' transitions and its payment events. */
export type ExpectedState = {
  grants: ExpectedGrant[]
  /** grants that are due and that no transition has made */
  overdue: { membership: string; grants: ExpectedGrant[] }[]
  /** until when it is a member; null if unknown */
  covered_until: string | null
  purchases: ExpectedPurchase[]
  /** months whose payment went back */
  returned: ReturnedMonth[]
  /** memberships with an incomplete history, which are skipped */
  unaudited: string[]
}

/** A month whose payment went back: the credits to revoke where they are unused, and those that were revoked. */
export type ReturnedMonth = {
  membership: string
  month: string
  until: string
  sources: string[]
  cause: string
  should_be_taken: number
  taken: number
}

export type ExpectedPurchase = {
  id: string
  /** credits, not money */
  bought: number
  paid: boolean
  /** credits to grant and to revoke for payment events that the workflow has not processed */
  owed: number
  to_take: number
  /** credits to revoke in total, and those that were revoked */
  should_be_taken: number
  taken: number
}

/** How long after it is due a grant counts as overdue. */
const PATIENCE_MS = 3_600_000

/** Recomputes what an account should have. @param at the account's time */
export function computeExpected(policy: Policy, db: LedgerSnapshot, at: string): ExpectedState {
  const memberships = db.memberships.map(one => expectMembership(policy, one, at))
  const purchases = db.purchases.map(one => expectPurchase(policy, one, at))
  const whole = memberships.flatMap(one => (one.decided ? [one.decided] : []))
  const covered = whole.map(({ membership }) => coveredUntil(membership)).sort()
  return {
    grants: [...whole.flatMap(({ grants }) => grants), ...purchases.flatMap(({ grants }) => grants)],
    overdue: memberships.flatMap(({ id, decided }) =>
      decided && decided.overdue.length > 0 ? [{ membership: id, grants: decided.overdue }] : [],
    ),
    covered_until: whole.length === memberships.length ? (covered.at(-1) ?? null) : null,
    purchases: purchases.map(({ grants: _, ...purchase }) => purchase),
    returned: memberships.flatMap(({ returned }) => returned),
    unaudited: memberships.filter(one => !one.decided).map(({ id }) => id),
  }
}

/** Without all its transitions a membership cannot be replayed. */
function expectMembership(policy: Policy, { id, made, transitions, taken }: AuditedMembership, at: string) {
  const until = new Date(Date.parse(at) - PATIENCE_MS).toISOString()
  const decided = made === transitions.length ? replayTransitions(policy, id, transitions, until) : null
  return { id, decided, returned: decided ? returnedMonths(id, decided.membership, taken) : [] }
}

function returnedMonths(id: string, membership: Membership, taken: Record<string, number>): ReturnedMonth[] {
  const { months = [], revoked = {} } = membership
  return months.flatMap(({ at: month, sources }, n) => {
    const should_be_taken = revoked[month] ?? 0
    const cause = monthCause(id, month)
    const until = months[n + 1]?.at ?? FOREVER
    const returned = { membership: id, month, until, sources, cause, should_be_taken, taken: taken[cause] ?? 0 }
    return should_be_taken > 0 ? [returned] : []
  })
}

function expectPurchase(
  policy: Policy,
  { id, status, facts, late, taken }: AuditedPurchase,
  at: string,
): ExpectedPurchase & { grants: ExpectedGrant[] } {
  const next = applyPaymentFacts(status, facts, at)
  const took = (effects: typeof next.effects) =>
    effects.reduce((sum, each) => sum + (each.kind === 'take' && each.what === 'credits' ? each.credits : 0), 0)
  const { given } = status
  const applied = applyPaymentFacts(asStarted(status), facts, given?.at ?? at).purchase
  const purchase = {
    id,
    bought: status.credits,
    paid: isOwed(applied),
    owed: isOwed(next.purchase) && isLate(status, at) ? status.credits : 0,
    to_take: took(next.effects),
    should_be_taken: 0,
    taken,
  }
  // Support may reissue without a payment.
  if (!given || (!purchase.paid && given.how !== 'reissued')) return { ...purchase, grants: [] }
  const before: Purchase = late ? { ...applied, state: 'delayed' } : applied
  const { effects } = fulfil(before, facts, given.how, given.at)
  const { taken_for_refunds, disputes } = status
  const disputed = Object.values(disputes).reduce((sum, { credits }) => sum + credits, 0)
  return {
    ...purchase,
    should_be_taken: Math.max(took(effects), taken_for_refunds + disputed),
    grants: effects.flatMap(effect =>
      effect.kind === 'grant'
        ? [{ ...purchaseGrant(policy, status, id, effect, new Date(given.at)), at: given.at }]
        : [],
    ),
  }
}

/** The purchase as it started, before any payment event. */
function asStarted(purchase: Purchase): Purchase {
  return { ...purchase, ...withoutPayments(purchase) }
}
