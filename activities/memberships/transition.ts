import { isDeepStrictEqual } from 'node:util'
import { findMembership, saveMembership } from '../../db/memberships/memberships.ts'
import { nextDue } from '../../domain/memberships/due.ts'
import { membershipEmails } from '../../domain/memberships/emails.ts'
import { grantOf } from '../../domain/memberships/grants.ts'
import { coveredUntil, type Membership } from '../../domain/memberships/membership.ts'
import { beginsTrial } from '../../domain/memberships/opening.ts'
import { decideTransition, type TransitionInput, toStored } from '../../domain/memberships/transitions.ts'
import { loadContext, type MembershipContext, type MembershipDeps, type MembershipRef } from './context.ts'
import { monthLotEffects } from './effects.ts'
import { type MembershipStatus, type Payer, toStatus } from './status.ts'

/** `perRevision` appends the membership's revision to the key, and records nothing where nothing changes. */
export type TransitionKey = { key: string; event: unknown; perRevision?: boolean }

/** The key of a step that may be made again whenever the membership has changed. */
export function stepKey({ id }: MembershipRef, step: string): TransitionKey {
  return { key: `membership/${id}/${step}`, event: step, perRevision: true }
}

/**
 * Records what the rules decide for a membership.
 * @param inputOf what happens to it; `before` is null where it does not exist yet
 * @param payer of a new membership
 * @param notBefore ISO 8601, the time by the workflow's clock
 */
export async function transition(
  deps: MembershipDeps,
  ref: MembershipRef,
  { key, event, perRevision = false }: TransitionKey,
  inputOf: (before: Membership | null, context: MembershipContext) => TransitionInput,
  { payer: newPayer, notBefore }: { payer?: Payer; notBefore?: string } = {},
): Promise<MembershipStatus> {
  const { db } = deps
  const context = await loadContext(deps, ref, notBefore)
  const { account, policy, at } = context
  const known = await findMembership(db, ref.product, ref.id)
  const input = inputOf(known?.status ?? null, context)
  const step = decideTransition(known?.status ?? null, input, at)
  const { membership, due, events, effects } = step
  const on_test_clock = account.test_clock !== null
  const revision = known?.revision ?? 0
  const payer = {
    provider: known?.provider ?? newPayer?.provider ?? 'manual',
    external_id: known?.external_id ?? newPayer?.external_id ?? null,
  }
  if (perRevision && isUnchanged(known?.status, membership))
    return toStatus(membership, { revision, on_test_clock, payer, granted: false })
  const { replayed } = await saveMembership(
    db,
    {
      account_key: account.account_key,
      operation_key: perRevision ? `${key}/${revision}` : key,
      at: new Date(at),
    },
    event,
    {
      product: ref.product,
      membership: ref.id,
      ...payer,
      revision,
      status: membership,
      trial: known || !beginsTrial(step) ? null : (membership.terms.trial?.once_per ?? 'account'),
      input: toStored(input),
      covered_until: coveredUntil(membership),
      next_due_at: nextDue(membership)?.at ?? null,
      grants: due.map(month => grantOf(policy, membership, ref.id, month)),
      effects: monthLotEffects(policy, ref.id, effects, { at: new Date(at), timeZone: membership.time_zone }),
      events,
      emails: membershipEmails(policy, ref.id, step),
    },
  )
  const since = replayed ? await findMembership(db, ref.product, ref.id) : null
  if (since) return toStatus(since.status, { revision: since.revision, on_test_clock, payer, granted: false })
  const granted = !replayed && due.length > 0
  return toStatus(membership, { revision: revision + 1, on_test_clock, payer, granted })
}

/** Whether both are equal, apart from the time of the reading. */
function isUnchanged(before: Membership | undefined, after: Membership): boolean {
  const withoutTime = (membership: Membership | undefined) =>
    membership?.provider ? { ...membership, provider: { ...membership.provider, as_of: null } } : membership
  return isDeepStrictEqual(withoutTime(before), withoutTime(after))
}
