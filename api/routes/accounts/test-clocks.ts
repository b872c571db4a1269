import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import {
  accountsOnClock,
  accountsWithDueExpiries,
  createTestClock,
  loadTestClock,
  moveTestClock,
  nextDue,
} from '../../../db/accounts/test-clocks.ts'
import { expire } from '../../../db/ledger/lots/expire.ts'
import { announceExpiring } from '../../../db/webhooks/expiry-notices.ts'
import { invalidRequest, Refused } from '../../../domain/shared/refusals.ts'
import { generationWorkflowId, membershipWorkflowId } from '../../../workflows/contract/ids.ts'
import type { App } from '../../http/app.ts'
import { deriveId } from '../../http/derive-id.ts'
import { route } from '../../http/route.ts'
import { instant, resourceId, time } from '../../http/shapes.ts'
import { advanceClock } from '../../http/temporal-deadline.ts'
import { joinCampaigns } from '../../temporal/campaigns.ts'
import { advancePurchaseClock } from '../../temporal/purchases.ts'

const clockShape = z.object({ id: z.string(), now: time })

export const testClockRoutes = [
  route({
    method: 'post',
    path: '/v1/test-clocks',
    scope: 'admin',
    summary: 'Makes a clock that only moves when told',
    body: z.strictObject({ now: instant }),
    responses: { 201: clockShape },
    async handler({ app, caller, body, idempotencyKey }) {
      const id = deriveId('clock', caller.product, idempotencyKey ?? randomUUID())
      return { status: 201, body: await createTestClock(app.db, caller.product, id, body.now) }
    },
  }),

  route({
    method: 'post',
    path: '/v1/test-clocks/{id}/advance',
    scope: 'admin',
    summary: 'Moves the clock; answers when everything due has happened',
    params: z.object({ id: resourceId }),
    body: z.strictObject({ to: instant }),
    responses: { 200: clockShape },
    async handler({ app, caller, params, body }) {
      const clock = await loadTestClock(app.db, caller.product, params.id)
      if (body.to < clock.now)
        throw invalidRequest('to', `must not lie before ${clock.now.toISOString()}, where it stands`)
      await advance(app, clock.id, body.to)
      return { body: await loadTestClock(app.db, caller.product, clock.id) }
    },
  }),
]

const workflowIds = { generation: generationWorkflowId, membership: membershipWorkflowId }

/** Steps from one due instant to the next, so that each thing happens at its own time, not at the end of the leap. */
async function advance(app: App, clock: string, to: Date): Promise<void> {
  let last = ''
  for (let due = await nextDue(app.db, clock, to); due; due = await nextDue(app.db, clock, to)) {
    const { kind, id, product, at } = due
    const what = `${kind}/${product}/${id} ${at.toISOString()}`
    if (last === what)
      throw new Refused({ code: 'temporarily_unavailable', detail: `${what} did not do what is due.` })
    last = what
    await moveTestClock(app.db, clock, at)
    if (kind === 'notice') await announceExpiring(app.db, id, at)
    else if (kind === 'purchase') await advancePurchaseClock(app, product, id, at)
    else await advanceClock(app, workflowIds[kind](product, id), at)
  }
  await moveTestClock(app.db, clock, to)
  for (const account_key of await accountsWithDueExpiries(app.db, clock, to))
    await expire(app.db, { account_key, at: to })
  for (const account of await accountsOnClock(app.db, clock)) await joinCampaigns(app, account)
}
