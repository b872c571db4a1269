import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { timeOf } from '../../../db/accounts/accounts.ts'
import { defectShape, listDefects } from '../../../db/generations/defects.ts'
import { findGeneration } from '../../../db/generations/generations.ts'
import { reportDefect } from '../../../db/ledger/entries/corrections.ts'
import { invalidRequest, notFound } from '../../../domain/shared/refusals.ts'
import { policyOf } from '../../../platform/policy-store.ts'
import { loadAccountNow, route } from '../../http/route.ts'
import { listOf, numberedPage } from '../../http/shapes.ts'

const MAX_ITEMS = 1_000

const reportShape = z.object({
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
  responses: { 200: reportShape },
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
    const corrects = policyOf(app.policies, caller.product).generations.corrections === 'free'
    const { corrections } = await reportDefect(
      app.db,
      ref,
      { generation: id, ...body },
      { key: idempotencyKey ?? randomUUID(), corrects },
    )
    return { body: { id, corrections }, account: ref }
  },
})

export const defectListRoute = route('get /v1/accounts/{account}/defects', {
  operationId: 'listDefects',
  scope: 'read',
  summary: 'List the reports of defective results, newest first',
  query: numberedPage,
  responses: { 200: listOf(defectShape) },
  async handler({ app, caller, params, query }) {
    const { account, at } = await loadAccountNow(app, caller, params.account)
    return { body: await listDefects(app.db, account.account_key, query), account: { ...account, at } }
  },
})
