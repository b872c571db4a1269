import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { invalidRequest, Refused } from '../../credits/refusals.ts'
import { expire } from '../../ledger/expire.ts'
import { announceExpiring } from '../../ledger/expiry-notices.ts'
import {
  accountsOnClock,
  accountsWithDueExpiries,
  createTestClock,
  loadTestClock,
  moveTestClock,
  nextDue,
} from '../../ledger/test-clocks.ts'
import { generationWorkflowId, membershipWorkflowId } from '../../workflows/ids.ts'
import type { App } from '../app.ts'
import { joinCampaigns } from '../campaign-client.ts'
import { idFrom } from '../idempotency.ts'
import { tellClock } from '../in-time.ts'
import { tellPurchaseClock } from '../purchase-client.ts'
import { route } from '../route.ts'
import { instant, resourceId, time } from '../shapes.ts'

const clockShape = z.object({ id: z.string(), now: time })

export const testClockRoutes = [
  route({
    method: 'post',
    path: '/v1/test-clocks',
    scope: 'admin',
    summary: 'Makes a clock that only moves when told',
    body: z.strictObject({ now: instant }),
    answers: { 201: clockShape },
    async handler({ app, caller, body, idempotencyKey }) {
      const id = idFrom('clock', caller.product, idempotencyKey ?? randomUUID())
      return { status: 201, body: await createTestClock(app.book, caller.product, id, body.now) }
    },
  }),

  route({
    method: 'post',
    path: '/v1/test-clocks/{id}/advance',
    scope: 'admin',
    summary: 'Moves the clock; answers when everything due has happened',
    params: z.object({ id: resourceId }),
    body: z.strictObject({ to: instant }),
    answers: { 200: clockShape },
    async handler({ app, caller, params, body }) {
      const clock = await loadTestClock(app.book, caller.product, params.id)
      if (body.to < clock.now)
        throw invalidRequest('to', `must not lie before ${clock.now.toISOString()}, where it stands`)
      await advance(app, clock.id, body.to)
      return { body: await loadTestClock(app.book, caller.product, clock.id) }
    },
  }),
]

const workflowIds = { generation: generationWorkflowId, membership: membershipWorkflowId }

/** Steps from one due instant to the next, so that each thing happens at its own time, not at the end of the leap. */
async function advance(app: App, clock: string, to: Date): Promise<void> {
  let last = ''
  for (let due = await nextDue(app.book, clock, to); due; due = await nextDue(app.book, clock, to)) {
    const { kind, id, product, at } = due
    const what = `${kind}/${product}/${id} ${at.toISOString()}`
    if (last === what)
      throw new Refused({ code: 'temporarily_unavailable', detail: `${what} did not do what is due.` })
    last = what
    await moveTestClock(app.book, clock, at)
    if (kind === 'notice') await announceExpiring(app.book, id, at)
    else if (kind === 'purchase') await tellPurchaseClock(app, product, id, at)
    else await tellClock(app, workflowIds[kind](product, id), at)
  }
  await moveTestClock(app.book, clock, to)
  for (const account_key of await accountsWithDueExpiries(app.book, clock, to))
    await expire(app.book, { account_key, at: to })
  for (const account of await accountsOnClock(app.book, clock)) await joinCampaigns(app, account)
}
