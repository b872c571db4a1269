import { WithStartWorkflowOperation, WorkflowNotFoundError } from '@temporalio/client'
import { timeOf } from '../../db/accounts/accounts.ts'
import { readTotals } from '../../db/ledger/totals.ts'
import { findMembership, membershipTimeline } from '../../db/memberships/memberships.ts'
import { showMembership } from '../../domain/memberships/view.ts'
import { invalidRequest, Refused } from '../../domain/shared/refusals.ts'
import { membershipWorkflowId } from '../../workflows/contract/ids.ts'
import {
  eventUpdate,
  type MembershipMessage,
  type MembershipOpening,
  openUpdate,
} from '../../workflows/contract/messages.ts'
import { membershipStart } from '../../workflows/contract/starts.ts'
import type { App } from '../http/app.ts'
import type { RouteResponse } from '../http/route.ts'
import { withTemporalDeadline } from './deadline.ts'

/** Starts the membership's workflow and answers when the membership is on the book. @throws Refused */
export async function openMembership(
  app: App,
  which: { product: string; account: string; id: string },
  opening: MembershipOpening,
  fingerprint: string,
): Promise<void> {
  const start = new WithStartWorkflowOperation('membership', {
    ...membershipStart({ ...which, opening, fingerprint }),
    taskQueue: app.taskQueue,
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
  })
  await withTemporalDeadline(app, () =>
    app.temporal.workflow.executeUpdateWithStart(openUpdate, {
      startWorkflowOperation: start,
      args: [fingerprint],
    }),
  )
}

/** Tells a membership what happened; the same id again changes nothing. @throws Refused not_found, invalid_request */
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
    // It may have ended between our look at the book and our message.
    if (await isOver(app, product, id, event)) return
    throw new Refused({ code: 'temporarily_unavailable', detail: 'The membership has no running workflow.' })
  }
}

/** Whether the membership has ended and the event asks for no more than that. @throws Refused where it asks for more */
async function isOver(app: App, product: string, id: string, event: MembershipMessage): Promise<boolean> {
  const known = await findMembership(app.db, product, id)
  if (!known) throw new Refused({ code: 'not_found', detail: 'There is no such membership.' })
  if (known.status.state !== 'ended') return false
  if (event.kind === 'cancel' || event.kind === 'lapse' || event.kind === 'join') return true
  throw invalidRequest('membership', 'has ended; begin a new one')
}

/** A membership as it stands on the book. @throws Refused not_found */
export async function membershipResponse(app: App, product: string, id: string): Promise<RouteResponse> {
  const found = await findMembership(app.db, product, id)
  if (!found) throw new Refused({ code: 'not_found', detail: 'There is no such membership.' })
  const { account_key, account, provider, external_id, status } = found
  const now = timeOf(found, app.now())
  const [history, totals] = await Promise.all([
    membershipTimeline(app.db, account_key, id),
    readTotals(app.db, account_key, now),
  ])
  const view = showMembership(status, history, now.toISOString())
  return { body: { id, account, provider, external_id, ...view }, totals }
}
