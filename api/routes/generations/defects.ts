import { z } from 'zod'
import { timeOf } from '../../../db/accounts/accounts.ts'
import { findGeneration } from '../../../db/generations/generations.ts'
import { reportDefect } from '../../../db/ledger/entries/corrections.ts'
import { readTotals } from '../../../db/ledger/totals.ts'
import { invalidRequest, Refused } from '../../../domain/shared/refusals.ts'
import { policyOf } from '../../../platform/policy-store.ts'
import { currentTotals } from '../../http/account-context.ts'
import { route } from '../../http/route.ts'
import { resourceId } from '../../http/shapes.ts'

const shape = z.object({
  id: z.string(),
  corrections: z
    .object({ allowed: z.int(), used: z.int() })
    .describe(
      'Generations with correction_of this one that cost nothing; none where the product has no such.',
    ),
})

export const defectRoutes = [
  route({
    method: 'post',
    path: '/v1/generations/{id}/report-defect',
    scope: 'generate',
    summary: 'Reports a faulty result; where the product corrects for free, allows one correction',
    params: z.object({ id: resourceId }),
    body: z.strictObject({ reason: z.string().max(500).optional() }),
    responses: { 200: shape },
    async handler({ app, caller, params: { id }, idempotencyKey }) {
      const found = await findGeneration(app.db, caller.product, id)
      if (!found) throw new Refused({ code: 'not_found', detail: 'There is no such generation.' })
      const { account_key, generation } = found
      if (generation.state !== 'committed' && generation.state !== 'partially_refunded')
        throw invalidRequest('id', 'must be of a generation that delivered something and is finished')
      const at = timeOf(found, app.now())
      const { generations } = policyOf(app.policies, caller.product)
      if (generations.corrections === 'none') {
        const totals = await readTotals(app.db, account_key, at)
        return { body: { id, corrections: { allowed: 0, used: 0 } }, totals }
      }
      const report = idempotencyKey ?? at.toISOString()
      const reported = await reportDefect(app.db, { account_key, at }, id, report)
      const totals = await currentTotals(app, { account_key, at }, reported)
      return { body: { id, corrections: reported.corrections }, totals }
    },
  }),
]
