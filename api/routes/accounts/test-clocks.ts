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
import { expiryEmails } from '../../../domain/policy/emails/sending.ts'
import { invalidRequest, Refused } from '../../../domain/shared/refusals.ts'
import { generationWorkflowId, membershipWorkflowId } from '../../../workflows/contract/ids.ts'
import type { App } from '../../http/app.ts'
import { deriveId, route } from '../../http/route.ts'
import { instant, time } from '../../http/shapes.ts'
import { joinCampaigns } from '../../temporal/campaigns.ts'
import { advanceClock } from '../../temporal/deadline.ts'
import { advancePurchaseClock } from '../../temporal/purchases.ts'

const clockShape = z.object({ id: z.string(), now: time })

export const testClockRoutes = [
  route('post /v1/test-clocks', {
    operationId: 'createTestClock',
    scope: 'admin',
    summary: 'Create a test clock',
    body: z.strictObject({ now: instant }),
    responses: { 201: clockShape },
    async handler({ app, caller, body, idempotencyKey }) {
      const id = deriveId('clock', caller.product, idempotencyKey ?? randomUUID())
      return { status: 201, body: await createTestClock(app.db, caller.product, id, body.now) }
    },
  }),

  route('post /v1/test-clocks/{id}/advance', {
    operationId: 'advanceTestClock',
    scope: 'admin',
    summary: 'Advance a test clock and run everything that falls due',
    body: z.strictObject({ to: instant }),
    responses: { 200: clockShape },
    async handler({ app, caller, params, body }) {
      const clock = await loadTestClock(app.db, caller.product, params.id)
      if (body.to < clock.now)
        throw invalidRequest('to', `must not be before the clock's time, ${clock.now.toISOString()}`)
      await advance(app, clock.id, body.to)
      return { body: await loadTestClock(app.db, caller.product, clock.id) }
    },
  }),
]

const workflowIds = { generation: generationWorkflowId, membership: membershipWorkflowId }

/** Advances from one due time to the next, so that everything runs at its own time. */
async function advance(app: App, clock: string, to: Date): Promise<void> {
  let last = ''
  const emails = expiryEmails(app.policies)
  const next = () => nextDue(app.db, clock, to, emails)
  for (let due = await next(); due; due = await next()) {
    const { kind, id, product, at } = due
    const step = `${kind}/${product}/${id} ${at.toISOString()}`
    if (last === step)
      throw new Refused({
        code: 'temporarily_unavailable',
        detail: `${step} is still due. Send the request again.`,
      })
    last = step
    await moveTestClock(app.db, clock, at)
    if (kind === 'notice') await announceExpiring(app.db, id, at, emails)
    else if (kind === 'purchase') await advancePurchaseClock(app, product, id, at)
    else await advanceClock(app, workflowIds[kind](product, id), at)
  }
  await moveTestClock(app.db, clock, to)
  for (const account_key of await accountsWithDueExpiries(app.db, clock, to))
    await expire(app.db, { account_key, at: to })
  for (const account of await accountsOnClock(app.db, clock)) await joinCampaigns(app, account)
}
