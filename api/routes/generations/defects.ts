import { z } from 'zod'
import { timeOf } from '../../../db/accounts/accounts.ts'
import { findGeneration } from '../../../db/generations/generations.ts'
import { reportDefect } from '../../../db/ledger/entries/corrections.ts'
import { invalidRequest, notFound } from '../../../domain/shared/refusals.ts'
import { policyOf } from '../../../platform/policy-store.ts'
import { route } from '../../http/route.ts'

const MAX_ITEMS = 1_000

const defectShape = z.object({
  id: z.string(),
  corrections: z
    .object({ allowed: z.int(), used: z.int() })
    .describe('Free generations with this one as correction_of; 0 where the product offers none.'),
})

export const defectRoute = route('post /v1/generations/{id}/report-defect', {
  operationId: 'reportDefect',
  scope: 'generate',
  summary: 'Report a defective result; products may allow a free correction',
  body: z.strictObject({
    reason: z.string().max(500).optional(),
    items: z.array(z.int().min(0)).min(1).max(MAX_ITEMS).optional().describe('Indexes of defective items.'),
  }),
  responses: { 200: defectShape },
  async handler({ app, caller, params: { id }, body, idempotencyKey }) {
    const found = await findGeneration(app.db, caller.product, id)
    if (!found) throw notFound('generation')
    const { account_key, generation } = found
    const { state, outputs } = generation
    if (state !== 'committed' && state !== 'partially_refunded')
      throw invalidRequest('id', 'must be a completed generation with at least one delivered output')
    if (body.items?.some(index => index >= outputs))
      throw invalidRequest('items', `must be indexes from 0 to ${outputs - 1}`)
    const ref = { account_key, at: timeOf(found, app.now()) }
    const { generations } = policyOf(app.policies, caller.product)
    if (generations.corrections === 'none') return { body: { id, corrections: { allowed: 0, used: 0 } }, account: ref }
    const { corrections } = await reportDefect(app.db, ref, id, idempotencyKey ?? ref.at.toISOString())
    return { body: { id, corrections }, account: ref }
  },
})
