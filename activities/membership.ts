import { findMembership, loadMembership, membershipEventKey } from '../db/memberships/memberships.ts'
import type { MembershipEvent } from '../domain/memberships/events.ts'
import { type Membership, nextGrantAt } from '../domain/memberships/membership.ts'
import { type MembershipMessage, membershipMessage } from '../domain/memberships/message.ts'
import type { Opening } from '../domain/memberships/opening.ts'
import { termsOf } from '../domain/memberships/terms.ts'
import type { TransitionInput } from '../domain/memberships/transitions.ts'
import type { Policy } from '../domain/policy/policy.ts'
import { attention } from '../domain/shared/attention.ts'
import { parseRequest } from '../domain/shared/parse.ts'
import { invalidRequest, notFound } from '../domain/shared/refusals.ts'
import { checkEventId, mapRefusals } from './failures.ts'
import { raiseForMembership, raisingOwnRefusals } from './memberships/attention.ts'
import {
  loadContext,
  type MembershipContext,
  type MembershipDeps,
  type MembershipRef,
  pastOf,
} from './memberships/context.ts'
import { type MembershipStatus, type NotStarted, type Payer, statusOf } from './memberships/status.ts'
import {
  applySubscription,
  mustAskFirst,
  readSubscription,
  type SubscriptionReading,
} from './memberships/subscription.ts'
import { changeSubscription } from './memberships/subscription-change.ts'
import { stepKey, transition } from './memberships/transition.ts'

export type MembershipActivities = ReturnType<typeof membershipActivities>
export type { MembershipMessage, MembershipStatus, NotStarted, SubscriptionReading }

/** Poll the provider before the step, and pass the answer to it. */
export type AskFirst = { ask_first: true }

/** `refused`: why the provider could not be polled */
export type Asked = { refused: { code: string; message: string } | null }

/** A membership as requested, with the terms it is sold under. */
export type MembershipOpening = Opening & Payer & { terms: Membership['terms'] }

const RETRY_AFTER_MS = 10 * 60_000

/**
 * The steps of a membership. Each loads, decides by the rules, records, and returns the status. The ledger is the truth:
 * a step that is repeated, or made after months, does what is due, each grant under the key of its month.
 */
export function membershipActivities(deps: MembershipDeps) {
  const { retryAfterMs = RETRY_AFTER_MS } = deps

  return {
    openMembership: ({
      opening,
      ...ref
    }: MembershipRef & { opening: MembershipOpening }): Promise<MembershipStatus> => {
      const key = { key: `membership/${ref.id}/open`, event: opening }
      return mapRefusals(async () => {
        const { account } = await loadContext(deps, ref)
        const past = await pastOf(deps.db, account)
        const inputOf = (before: Membership | null, context: MembershipContext): TransitionInput =>
          before ? { kind: 'step' } : toOpening(opening, past, context)
        return transition(deps, ref, key, inputOf, { payer: opening })
      })
    },

    /** The membership as the ledger has it. @throws Refused not_found */
    readMembership: (ref: MembershipRef): Promise<MembershipStatus> =>
      mapRefusals(async () => statusOf(await loadMembership(deps.db, ref.product, ref.id))),

    /**
     * Does what is due.
     * @param due_at by the workflow's clock, which may be ahead of the database's
     * @param asked the provider's answer to the question that `ask_first` demanded
     */
    stepMembership: ({
      due_at,
      asked,
      ...ref
    }: MembershipRef & { due_at: string; asked?: Asked }): Promise<MembershipStatus | AskFirst> =>
      mapRefusals(async () => {
        if (!asked && (await mustAskFirst(deps, ref, due_at))) return { ask_first: true }
        const key = stepKey(ref, 'step')
        const status = await raisingOwnRefusals(deps, ref, () =>
          transition(deps, ref, key, () => ({ kind: 'step' }), { notBefore: due_at }),
        )
        if (!asked?.refused) return status
        const { code, message } = asked.refused
        const isUnknown = code === 'not_found'
        const isRefused = code === 'provider_refused' || isUnknown
        const reason = isRefused ? attention('provider_refused', message) : attention('provider_unavailable', message)
        await raiseForMembership(deps, ref, reason)
        return { ...status, attention: reason, retry_after_ms: isUnknown ? null : retryAfterMs }
      }),

    readSubscription: ({
      subscription,
      ...ref
    }: MembershipRef & { subscription?: string | undefined }): Promise<SubscriptionReading> =>
      mapRefusals(() => readSubscription(deps, ref, subscription)),

    /** Changes nothing if the reading is not new. */
    applySubscription: ({
      reading,
      not_before,
      ...ref
    }: MembershipRef & { reading: SubscriptionReading; not_before?: string }): Promise<MembershipStatus | NotStarted> =>
      mapRefusals(() => applySubscription(deps, ref, reading, not_before)),

    /** Reads and applies it, for a caller without a queue of messages. */
    syncSubscription: (ref: MembershipRef): Promise<MembershipStatus | NotStarted> =>
      mapRefusals(async () => applySubscription(deps, ref, await readSubscription(deps, ref, undefined))),

    /** @param tries how often it has failed before */
    changeSubscription: ({ tries, ...ref }: MembershipRef & { tries: number }): Promise<MembershipStatus> =>
      mapRefusals(() => changeSubscription({ ...deps, retryAfterMs }, ref, tries)),

    applyToMembership: ({
      event,
      event_id,
      ...ref
    }: MembershipRef & { event: MembershipMessage; event_id: string }): Promise<MembershipStatus> =>
      mapRefusals(async () => {
        const message = parseRequest(membershipMessage, event)
        checkEventId(event_id)
        const into = message.kind === 'join' ? await findMembership(deps.db, ref.product, message.into) : null
        return transition(deps, ref, { key: membershipEventKey(ref.id, event_id), event }, (before, { policy }) => ({
          kind: 'event',
          event: toEvent(policy, before, message, into?.status ?? null),
        }))
      }),
  }
}

/** A membership covers its account as soon as it is recorded, so it cannot start in the future. */
function toOpening(
  { terms, provider: _, external_id: __, ...asked }: MembershipOpening,
  { launched, ...past }: Awaited<ReturnType<typeof pastOf>>,
  { account, at }: MembershipContext,
): TransitionInput {
  const opening = { ...asked, ...(launched ? { launched } : {}) }
  if (opening.anchor === undefined || opening.anchor <= at)
    return { kind: 'opening', opening, terms, time_zone: account.time_zone, ...past }
  throw invalidRequest('anchor', `must not lie in the future; the account's clock says ${at}`)
}

/** @param into the membership that it joins */
function toEvent(
  policy: Policy,
  membership: Membership | null,
  message: MembershipMessage,
  into: Membership | null,
): MembershipEvent {
  if (!membership) throw notFound('membership')
  if (message.kind === 'join') {
    if (!into) throw notFound(`membership ${message.into}`)
    return { ...message, before: nextGrantAt(into) }
  }
  if (message.kind !== 'change') return message
  const plan = message.plan ?? membership.plan
  const terms = termsOf(policy, plan, membership.provider ? 'stripe' : 'manual')
  const change = { plan, slots: message.slots ?? membership.slots, terms }
  return { kind: 'change', change, when: message.when }
}
