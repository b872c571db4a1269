import { WorkflowNotFoundError } from '@temporalio/client'
import { timeOf } from '../../db/accounts/accounts.ts'
import { findMembership, membershipTimeline } from '../../db/memberships/memberships.ts'
import { showMembership } from '../../domain/memberships/view.ts'
import { invalidRequest, notFound, Refused } from '../../domain/shared/refusals.ts'
import { membershipWorkflowId } from '../../workflows/contract/ids.ts'
import {
  checkUpdate,
  eventUpdate,
  type MembershipMessage,
  type MembershipOpening,
  openUpdate,
} from '../../workflows/contract/messages.ts'
import { membershipStart } from '../../workflows/contract/starts.ts'
import type { App } from '../http/app.ts'
import type { RouteResponse } from '../http/route.ts'
import { withTemporalDeadline } from './deadline.ts'
import { startOptions, updateWithStart } from './update-with-start.ts'

/** Starts a membership; resolves when it is stored. @throws Refused */
export function openMembership(
  app: App,
  ref: MembershipRef,
  opening: MembershipOpening,
  fingerprint: string,
): Promise<void> {
  const start = membershipStart({ ...ref, opening, fingerprint })
  return updateWithStart(app, 'membership', start, openUpdate, [fingerprint])
}

/** Sends an event to a membership; repeating its id changes nothing. @throws Refused not_found, invalid_request */
export async function sendMembershipUpdate(
  app: App,
  product: string,
  id: string,
  event: MembershipMessage,
  eventId: string,
): Promise<void> {
  if (await isOver(app, product, id, event)) return
  const handle = app.temporal.workflow.getHandle(membershipWorkflowId(product, id))
  try {
    await withTemporalDeadline(app, () => handle.executeUpdate(eventUpdate, { args: [event, eventId] }))
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error
    // The membership may have ended since it was read.
    if (await isOver(app, product, id, event)) return
    throw new Refused({
      code: 'temporarily_unavailable',
      detail: "The membership's workflow is not running. Send the request again.",
    })
  }
}

type MembershipRef = { product: string; account: string; id: string }

/** A person has acknowledged the charges of an ended membership. @throws Refused */
export function acknowledgeMembership(app: App, ref: MembershipRef, eventId: string): Promise<void> {
  return updateWithStart(app, 'membership', membershipStart(ref), eventUpdate, [{ kind: 'acknowledged' }, eventId])
}

/** Starts the workflows of stored memberships where none runs; they do what has fallen due. @throws Refused temporarily_unavailable */
export async function startMemberships(app: App, memberships: MembershipRef[]): Promise<void> {
  for (const ref of memberships)
    await withTemporalDeadline(app, () =>
      app.temporal.workflow.start('membership', {
        ...startOptions(app, membershipStart(ref)),
        workflowIdConflictPolicy: 'USE_EXISTING',
      }),
    )
}

/** Asks the provider about a membership's subscription, and does what is due. @throws Refused with the provider's refusal too */
export function checkMembership(app: App, ref: MembershipRef): Promise<void> {
  return updateWithStart(app, 'membership', membershipStart(ref), checkUpdate, [])
}

/** Whether the membership has ended and the event needs nothing more. @throws Refused if it does */
async function isOver(app: App, product: string, id: string, event: MembershipMessage): Promise<boolean> {
  const known = await findMembership(app.db, product, id)
  if (!known) throw notFound('membership')
  if (known.status.state !== 'ended') return false
  if (event.kind === 'cancel' || event.kind === 'lapse' || event.kind === 'join') return true
  throw invalidRequest('membership', 'has ended: start a new one')
}

/** The stored membership with its history. @throws Refused not_found */
export async function membershipResponse(app: App, product: string, id: string): Promise<RouteResponse> {
  const found = await findMembership(app.db, product, id)
  if (!found) throw notFound('membership')
  const { account_key, account, provider, external_id, status } = found
  const at = timeOf(found, app.now())
  const view = showMembership(status, await membershipTimeline(app.db, account_key, id), at.toISOString())
  return { body: { id, account, provider, external_id, ...view }, account: { account_key, at } }
}
