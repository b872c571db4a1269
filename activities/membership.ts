import { isDeepStrictEqual } from 'node:util'
import { type Account, loadAccount, timeOf } from '../db/accounts/accounts.ts'
import type { Db } from '../db/core/command.ts'
import {
  findMembership,
  type MembershipTransition,
  membershipEventKey,
  saveMembership,
} from '../db/memberships/memberships.ts'
import { nextDue, step } from '../domain/memberships/due.ts'
import type { MembershipEvent } from '../domain/memberships/events.ts'
import { grantOf } from '../domain/memberships/grants.ts'
import {
  type Change,
  coveredUntil,
  type Membership,
  monthlyCredits,
  nextGrantAt,
} from '../domain/memberships/membership.ts'
import { type MembershipMessage, membershipMessage } from '../domain/memberships/message.ts'
import type { Opening } from '../domain/memberships/opening.ts'
import { openFromProvider } from '../domain/memberships/subscription-snapshot.ts'
import { plansFor, termsOf } from '../domain/memberships/terms.ts'
import { decideTransition, type TransitionInput, toStored } from '../domain/memberships/transitions.ts'
import type { Policy } from '../domain/policy/policy.ts'
import { attention } from '../domain/shared/attention.ts'
import { parseRequest } from '../domain/shared/parse.ts'
import { invalidRequest, Refused } from '../domain/shared/refusals.ts'
import type { StripePayments } from '../payments/stripe/subscriptions.ts'
import { type Policies, policyOf } from '../platform/policy-store.ts'
import { mapRefusals } from './failures.ts'

export type MembershipActivities = ReturnType<typeof membershipActivities>

/** How a membership begins: what was asked for, and the terms it is sold under. */
export type MembershipOpening = Opening & {
  provider: string
  external_id: string | null
  terms: Membership['terms']
}

export type { MembershipMessage }

/** A payment provider that could not be reached is left alone for so long. */
const RETRY_AFTER_MS = 10 * 60_000

type MembershipRef = { product: string; account: string; id: string }

/** How a membership stands after a move, as far as its workflow has to know. */
export type MembershipStatus = {
  state: Membership['state']
  plan: string
  slots: number
  paid_through: string | null
  next_due_at: string | null
  next_grant: { at: string; credits: number | null }
  on_test_clock: boolean
  granted: boolean
  /** how many moves there were, by the book; left out in old histories */
  revision?: number
  /** who pays, and what a payment provider said last of its subscription; left out in the oldest histories */
  payer?: { provider: string; external_id: string | null; status: string | null }
  /** what somebody should see to, in words */
  attention: string | null
  /** how soon the payment provider is asked again that should have been asked and could not be; else null */
  retry_after_ms: number | null
}

/** A subscription that began no membership, and why. */
export type NotStarted = { reason: string; attention: string | null }

/**
 * The moves of a membership: load, decide by the rules, record. The book is the truth, so a step that is tried again,
 * or made after months, finds how things stand and does what is due, each grant under the key of its month.
 */
export function membershipActivities({
  db,
  policies,
  now,
  stripe = null,
  retryAfterMs = RETRY_AFTER_MS,
}: {
  db: Db
  policies: Policies
  now: () => Date
  stripe?: StripePayments | null
  retryAfterMs?: number
}) {
  /**
   * Records a transition that the rules decide.
   * @param perRevision appends the membership's revision to the key, and records nothing if nothing changes
   */
  async function move(
    { product, account: name, id }: MembershipRef,
    { key, event, perRevision = false }: { key: string; event: unknown; perRevision?: boolean },
    tell: (before: Membership | null, at: string, account: Account, policy: Policy) => TransitionInput,
    opening?: Pick<MembershipOpening, 'provider' | 'external_id'>,
    notBefore = '',
  ): Promise<MembershipStatus> {
    const policy = policyOf(policies, product)
    const account = await loadAccount(db, product, name)
    const known = await findMembership(db, product, id)
    const present = timeOf(account, now()).toISOString()
    const at = notBefore > present ? notBefore : present
    const input = tell(known?.status ?? null, at, account, policy)
    const done = decideTransition(known?.status ?? null, input, at)
    const on_test_clock = account.test_clock !== null
    const payer = {
      provider: known?.provider ?? opening?.provider ?? 'manual',
      external_id: known?.external_id ?? opening?.external_id ?? null,
    }
    if (perRevision && isDeepStrictEqual(known?.status, done.membership))
      return toStatus(done.membership, known?.revision ?? 0, on_test_clock, false, payer)
    const operation_key = perRevision ? `${key}/${known?.revision ?? 0}` : key
    const { replayed } = await saveMembership(
      db,
      { account_key: account.account_key, operation_key, at: new Date(at) },
      event,
      {
        product,
        membership: id,
        ...payer,
        revision: known?.revision ?? 0,
        status: done.membership,
        input: toStored(input),
        covered_until: coveredUntil(done.membership),
        next_due_at: nextDue(done.membership)?.at ?? null,
        grants: done.due.map(due => grantOf(policy, done.membership, id, due)),
        events: done.events,
      },
    )
    const since = replayed ? await findMembership(db, product, id) : null
    const { status, revision } = since ?? { status: done.membership, revision: (known?.revision ?? 0) + 1 }
    return toStatus(status, revision, on_test_clock, !replayed && done.due.length > 0, payer)
  }

  /** Asks Stripe and follows what it says; a subscription that is not on the book yet begins its membership. */
  async function follow(
    which: MembershipRef,
    subscription: string,
    notBefore?: string,
  ): Promise<MembershipStatus | NotStarted> {
    const { product, account: name, id } = which
    const snapshot = await ask(stripe, subscription)
    const key = { key: `membership/${id}/provider`, event: 'provider', perRevision: true }
    const account = await loadAccount(db, product, name)
    const plans = plansFor(policyOf(policies, product), 'stripe')
    const since = account.created_at.toISOString()
    const tell = (): TransitionInput => ({ kind: 'subscription', snapshot, plans, since })
    if (await findMembership(db, product, id)) return move(which, key, tell, undefined, notBefore)
    const opened = openFromProvider(snapshot, plans, since, timeOf(account, now()).toISOString())
    if ('reason' in opened)
      return { reason: opened.reason, attention: opened.attention ? opened.reason : null }
    const payer = { provider: 'stripe', external_id: subscription }
    return move(which, key, tell, payer)
  }

  /** Before a membership stops for want of payment its provider is asked: the news of it may have been lost. */
  async function askBeforeStop(which: MembershipRef, due_at: string): Promise<string | null> {
    const found = await findMembership(db, which.product, which.id)
    if (found?.provider !== 'stripe' || !found.external_id) return null
    const present = timeOf(found, now()).toISOString()
    const { state } = step(found.status, due_at > present ? due_at : present).membership
    if (state === 'active' || state === 'trialing' || state === found.status.state) return null
    try {
      await follow(which, found.external_id, due_at)
      return null
    } catch (error) {
      if (error instanceof Refused) return error.message
      throw error
    }
  }

  return {
    openMembership: ({
      opening,
      ...which
    }: MembershipRef & { opening: MembershipOpening }): Promise<MembershipStatus> =>
      mapRefusals(() =>
        move(
          which,
          { key: `membership/${which.id}/open`, event: opening },
          (before, at, account) => (before ? { kind: 'step' } : begun(opening, account, at)),
          opening,
        ),
      ),

    /** Does what is due; `due_at` is when it was, by the workflow's clock, which may be ahead of this machine's. */
    stepMembership: ({ due_at, ...which }: MembershipRef & { due_at: string }): Promise<MembershipStatus> =>
      mapRefusals(async () => {
        const unasked = await askBeforeStop(which, due_at)
        const stepped = await move(
          which,
          { key: `membership/${which.id}/step`, event: 'step', perRevision: true },
          () => ({ kind: 'step' }),
          undefined,
          due_at,
        )
        if (unasked === null) return stepped
        return {
          ...stepped,
          attention: attention('provider_unavailable', unasked),
          retry_after_ms: retryAfterMs,
        }
      }),

    /** Brings the membership of a subscription to where Stripe says it stands; without news it changes nothing. */
    syncSubscription: ({
      subscription,
      ...which
    }: MembershipRef & { subscription?: string | undefined }): Promise<MembershipStatus | NotStarted> =>
      mapRefusals(async () => {
        const found = await findMembership(db, which.product, which.id)
        const paidBy = found ? found.provider === 'stripe' && found.external_id : subscription
        if (!paidBy)
          throw new Refused({ code: 'not_found', detail: 'The membership is not paid through Stripe.' })
        return follow(which, paidBy)
      }),

    applyToMembership: ({
      event,
      event_id,
      ...which
    }: MembershipRef & { event: MembershipMessage; event_id: string }): Promise<MembershipStatus> =>
      mapRefusals(async () => {
        const message = parseRequest(membershipMessage, event)
        if (typeof event_id !== 'string' || event_id === '')
          throw invalidRequest('id', 'is needed: the second argument, by which the event happens once')
        return move(
          which,
          { key: membershipEventKey(which.id, event_id), event },
          (before, _at, _account, policy) => ({
            kind: 'event',
            event: eventOf(policy, known(before), message),
          }),
        )
      }),
  }
}

async function ask(stripe: StripePayments | null, subscription: string) {
  if (!stripe) throw new Refused({ code: 'not_configured', detail: 'STRIPE_SECRET_KEY is not set.' })
  const found = await stripe.subscription(subscription)
  if (found) return found.snapshot
  throw new Refused({ code: 'not_found', detail: `Stripe knows no subscription ${subscription}.` })
}

/** It covers its account from the moment it is on the book, so it cannot be booked ahead. */
function begun({ terms, ...asked }: MembershipOpening, { time_zone }: Account, at: string): TransitionInput {
  const { provider: _, external_id: __, ...opening } = asked
  if (opening.anchor === undefined || opening.anchor <= at)
    return { kind: 'opening', opening, terms, time_zone }
  throw invalidRequest('anchor', `must not lie in the future; the account's clock says ${at}`)
}

function known(membership: Membership | null): Membership {
  if (membership) return membership
  throw new Refused({ code: 'not_found', detail: 'There is no such membership.' })
}

function eventOf(policy: Policy, membership: Membership, message: MembershipMessage): MembershipEvent {
  if (message.kind !== 'change') return message
  const plan = message.plan ?? membership.plan
  const terms = termsOf(policy, plan, membership.provider ? 'stripe' : 'manual')
  const change: Change = { plan, slots: message.slots ?? membership.slots, terms }
  return { kind: 'change', change, when: message.when }
}

function toStatus(
  status: Membership,
  revision: number,
  on_test_clock: boolean,
  granted: boolean,
  payer: Pick<MembershipTransition, 'provider' | 'external_id'>,
): MembershipStatus {
  const { state, plan, slots, paid_through } = status
  return {
    state,
    plan,
    slots,
    paid_through,
    next_due_at: nextDue(status)?.at ?? null,
    next_grant: { at: nextGrantAt(status), credits: monthlyCredits(status) },
    on_test_clock,
    granted,
    revision,
    payer: { ...payer, status: status.provider?.status ?? null },
    attention: status.provider?.attention ?? null,
    retry_after_ms: null,
  }
}
