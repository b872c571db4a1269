import { findMembership, membershipEventKey } from '../db/memberships/memberships.ts'
import type { MembershipEvent } from '../domain/memberships/events.ts'
import type { Membership } from '../domain/memberships/membership.ts'
import { type MembershipMessage, membershipMessage } from '../domain/memberships/message.ts'
import type { Opening } from '../domain/memberships/opening.ts'
import { termsOf } from '../domain/memberships/terms.ts'
import type { TransitionInput } from '../domain/memberships/transitions.ts'
import type { Policy } from '../domain/policy/policy.ts'
import { attention } from '../domain/shared/attention.ts'
import { parseRequest } from '../domain/shared/parse.ts'
import { invalidRequest, notFound, Refused } from '../domain/shared/refusals.ts'
import { checkEventId, mapRefusals } from './failures.ts'
import type { MembershipContext, MembershipDeps, MembershipRef } from './memberships/context.ts'
import type { MembershipStatus, NotStarted, Payer } from './memberships/status.ts'
import { applySubscription, askBeforeStop } from './memberships/subscription.ts'
import { stepKey, transition } from './memberships/transition.ts'

export type MembershipActivities = ReturnType<typeof membershipActivities>
export type { MembershipMessage, MembershipStatus, NotStarted }

/** A membership as requested, with the terms it is sold under. */
export type MembershipOpening = Opening & Payer & { terms: Membership['terms'] }

const RETRY_AFTER_MS = 10 * 60_000

/**
 * The steps of a membership. Each loads, decides by the rules, records, and returns the status. The ledger is the truth:
 * a step that is repeated, or made after months, does what is due, each grant under the key of its month.
 */
export function membershipActivities(deps: MembershipDeps) {
  const { db, retryAfterMs = RETRY_AFTER_MS } = deps

  return {
    openMembership: ({
      opening,
      ...ref
    }: MembershipRef & { opening: MembershipOpening }): Promise<MembershipStatus> => {
      const key = { key: `membership/${ref.id}/open`, event: opening }
      const inputOf = (before: Membership | null, context: MembershipContext): TransitionInput =>
        before ? { kind: 'step' } : toOpening(opening, context)
      return mapRefusals(() => transition(deps, ref, key, inputOf, { payer: opening }))
    },

    /** Does what is due. @param due_at by the workflow's clock, which may be ahead of the database's */
    stepMembership: ({ due_at, ...ref }: MembershipRef & { due_at: string }): Promise<MembershipStatus> =>
      mapRefusals(async () => {
        const unasked = await askBeforeStop(deps, ref, due_at)
        const key = stepKey(ref, 'step')
        const status = await transition(deps, ref, key, () => ({ kind: 'step' }), { notBefore: due_at })
        if (unasked === null) return status
        const isRefused = unasked.refusal.code === 'provider_refused'
        const { message } = unasked
        const reason = isRefused ? attention('provider_refused', message) : attention('provider_unavailable', message)
        return { ...status, attention: reason, retry_after_ms: retryAfterMs }
      }),

    /** Asks Stripe about the membership's subscription and applies the answer. It changes nothing where nothing is new. */
    syncSubscription: ({
      subscription,
      ...ref
    }: MembershipRef & { subscription?: string | undefined }): Promise<MembershipStatus | NotStarted> =>
      mapRefusals(async () => {
        const found = await findMembership(db, ref.product, ref.id)
        const paidBy = found ? found.provider === 'stripe' && found.external_id : subscription
        if (paidBy) return applySubscription(deps, ref, paidBy)
        throw new Refused({ code: 'not_found', detail: 'The membership is not paid through Stripe.' })
      }),

    applyToMembership: ({
      event,
      event_id,
      ...ref
    }: MembershipRef & { event: MembershipMessage; event_id: string }): Promise<MembershipStatus> =>
      mapRefusals(async () => {
        const message = parseRequest(membershipMessage, event)
        checkEventId(event_id)
        return transition(deps, ref, { key: membershipEventKey(ref.id, event_id), event }, (before, { policy }) => ({
          kind: 'event',
          event: toEvent(policy, before, message),
        }))
      }),
  }
}

/** A membership covers its account as soon as it is recorded, so it cannot start in the future. */
function toOpening(
  { terms, provider: _, external_id: __, ...opening }: MembershipOpening,
  { account, at }: MembershipContext,
): TransitionInput {
  if (opening.anchor === undefined || opening.anchor <= at)
    return { kind: 'opening', opening, terms, time_zone: account.time_zone }
  throw invalidRequest('anchor', `must not lie in the future; the account's clock says ${at}`)
}

function toEvent(policy: Policy, membership: Membership | null, message: MembershipMessage): MembershipEvent {
  if (!membership) throw notFound('membership')
  if (message.kind !== 'change') return message
  const plan = message.plan ?? membership.plan
  const terms = termsOf(policy, plan, membership.provider ? 'stripe' : 'manual')
  const change = { plan, slots: message.slots ?? membership.slots, terms }
  return { kind: 'change', change, when: message.when }
}
