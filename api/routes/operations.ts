import { z } from 'zod'
import type { Operation } from '../../credits/policy.ts'
import { readTotals } from '../../ledger/totals.ts'
import { policyOf } from '../../policy-files.ts'
import { accountAndTime } from '../present.ts'
import { route } from '../route.ts'
import { accountName, credits, listOf } from '../shapes.ts'

const operationShape = z.object({
  operation: z.string(),
  unit: z.string(),
  unit_cost: credits.nullable(),
  price_range: z.object({ minimum: credits, maximum: credits.nullable() }).nullable(),
  default_outputs: z.int(),
  maximum_outputs: z.int(),
  options: z.record(z.string(), z.array(z.union([z.string(), z.boolean()]))),
})

export const operationRoutes = [
  route({
    method: 'get',
    path: '/v1/operations',
    scope: 'read',
    summary: 'The tools and what they cost',
    query: z.object({ account: accountName.optional() }),
    answers: { 200: listOf(operationShape) },
    async handler({ app, caller, query }) {
      const { operations } = policyOf(app.policies, caller.product)
      const data = Object.entries(operations).map(([name, operation]) => shown(name, operation))
      const body = { data, next_cursor: null }
      if (query.account === undefined) return { body }
      const { account, at } = await accountAndTime(app, caller, query.account)
      return { body, totals: await readTotals(app.book, account.account_key, at) }
    },
  }),
]

function shown(name: string, { unit, cost, outputs, options }: Operation) {
  return {
    operation: name,
    unit,
    unit_cost: typeof cost === 'number' ? cost : null,
    price_range: typeof cost === 'number' ? null : cost,
    default_outputs: outputs.default,
    maximum_outputs: outputs.maximum,
    options,
  }
}
