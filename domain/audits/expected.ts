import type { MembershipGrant } from '../memberships/grants.ts'
import { coveredUntil } from '../memberships/membership.ts'
import { replayTransitions } from '../memberships/transitions.ts'
import type { Policy } from '../policy/policy.ts'
import { fulfil } from '../purchases/fulfilment.ts'
import { purchaseGrant } from '../purchases/grants.ts'
import { applyPaymentFacts } from '../purchases/payments.ts'
import { isLate, isOwed, type Purchase, withoutPayments } from '../purchases/purchase.ts'
import type { AuditedMembership, AuditedPurchase, LedgerSnapshot } from './ledger-snapshot.ts'

/** Credits that should have been given once, under their key. */
export type ExpectedGrant = Omit<MembershipGrant, 'origin' | 'terms'> & {
  origin: { type: string; id: string }
  terms: object
}

/** What the rules say of an account, decided again from what was told: its memberships' moves and its payments. */
export type ExpectedState = {
  grants: ExpectedGrant[]
  /** months that are due and that no move has given yet */
  overdue: { membership: string; grants: ExpectedGrant[] }[]
  /** until when it is a member; null where that cannot be said */
  covered_until: string | null
  purchases: ExpectedPurchase[]
  /** memberships whose history is not whole, which are left alone */
  unaudited: string[]
}

export type ExpectedPurchase = {
  id: string
  /** credits, not money */
  bought: number
  paid: boolean
  /** what is told and not followed yet: credits that are owed, credits that must be taken back */
  owed: number
  to_take: number
  /** credits that should have been taken back, and those that were */
  should_be_taken: number
  taken: number
}

/** What is due by itself is late after this. */
const PATIENCE_MS = 3_600_000

/** All that an account should have been given until now. @param at the account's present */
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
    unaudited: memberships.filter(one => !one.decided).map(({ id }) => id),
  }
}

/** One of which a move is missing was begun before moves were kept: nobody can say what it should have been given. */
function expectMembership(policy: Policy, { id, made, transitions }: AuditedMembership, at: string) {
  const until = new Date(Date.parse(at) - PATIENCE_MS).toISOString()
  return {
    id,
    decided: made === transitions.length ? replayTransitions(policy, id, transitions, until) : null,
  }
}

function expectPurchase(
  policy: Policy,
  { id, status, facts, late, taken }: AuditedPurchase,
  at: string,
): ExpectedPurchase & { grants: ExpectedGrant[] } {
  const next = applyPaymentFacts(status, facts, at)
  const took = (effects: typeof next.effects) =>
    effects.reduce(
      (sum, each) => sum + (each.kind === 'take' && each.what === 'credits' ? each.credits : 0),
      0,
    )
  const { given } = status
  const begun = applyPaymentFacts(asStarted(status), facts, given?.at ?? at).purchase
  const purchase = {
    id,
    bought: status.credits,
    paid: isOwed(begun),
    owed: isOwed(next.purchase) && isLate(status, at) ? status.credits : 0,
    to_take: took(next.effects),
    should_be_taken: 0,
    taken,
  }
  // Support's word is enough for a reissue.
  if (!given || (!purchase.paid && given.how !== 'reissued')) return { ...purchase, grants: [] }
  const before: Purchase = late ? { ...begun, state: 'delayed' } : begun
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

/** The purchase as it was when it began, before anything was told of its payment. */
function asStarted(purchase: Purchase): Purchase {
  return { ...purchase, ...withoutPayments(purchase.provider) }
}
