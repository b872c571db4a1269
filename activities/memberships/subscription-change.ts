import { loadMembership } from '../../db/memberships/memberships.ts'
import { changeToMake, lateChange } from '../../domain/memberships/subscriptions/subscription-change.ts'
import { addAttention } from '../../domain/shared/attention.ts'
import { isTemporary, Refused } from '../../domain/shared/refusals.ts'
import { raiseForMembership } from './attention.ts'
import { loadContext, type MembershipDeps, type MembershipRef } from './context.ts'
import { type MembershipStatus, statusOf } from './status.ts'
import { stepKey, transition } from './transition.ts'

/** A provider repeats its own failure under the same idempotency key. */
const TRIES_PER_KEY = 3

/**
 * Makes the requested change of the subscription. A refusal is recorded; the next sync finds the change.
 * @param tries how often it has failed before
 */
export async function changeSubscription(
  deps: MembershipDeps & { retryAfterMs: number },
  ref: MembershipRef,
  tries: number,
): Promise<MembershipStatus> {
  const found = await loadMembership(deps.db, ref.product, ref.id)
  const { status: membership, revision, external_id } = found
  const { subscription_change: change } = membership
  const status = statusOf(found)
  if (!change || external_id === null) return status
  try {
    if (!deps.stripe) throw new Refused({ code: 'not_configured', detail: 'STRIPE_SECRET_KEY is not set.' })
    const key = `membership/${ref.id}/${revision}/${Math.floor(tries / TRIES_PER_KEY)}`
    await deps.stripe.change(external_id, changeToMake(membership, change), key)
    return status
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const { message } = error
    if (!isTemporary(error))
      return transition(deps, ref, stepKey(ref, 'change-refused'), () => ({ kind: 'change_refused', reason: message }))
    const { at } = await loadContext(deps, ref)
    const late = lateChange(membership, at, message)
    if (late !== null) await raiseForMembership(deps, ref, late)
    const attention = late === null ? status.attention : addAttention(status.attention, late)
    return { ...status, attention, retry_after_ms: deps.retryAfterMs }
  }
}
