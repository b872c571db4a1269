import { z } from 'zod'
import { loadAccountContext } from '../../../db/accounts/account-context.ts'
import type { Operation } from '../../../domain/policy/policy.ts'
import { route } from '../../http/route.ts'
import { accountName, credits, listOf, named } from '../../http/shapes.ts'
import { type Allowances, allowancesOf } from '../accounts/allowances.ts'

const operationShape = named('Operation', {
  operation: z.string(),
  unit: z.string(),
  unit_cost: credits.nullable(),
  price_range: z.object({ minimum: credits, maximum: credits.nullable() }).nullable(),
  default_outputs: z.int(),
  maximum_outputs: z.int(),
  options: z.record(z.string(), z.array(z.union([z.string(), z.boolean()]))),
  requires: z.record(z.string(), z.array(z.string())).describe('Options that require other options.'),
  required_options: z.array(z.string()).describe('Options that every request must set.'),
  plans: z.array(z.string()).nullable().describe('The plans whose members may use it; null: every account may.'),
  free_trials: z
    .object({ limit: z.int(), used: z.int().nullable() })
    .nullable()
    .describe('For accounts that were never a member; used is null without an account.'),
})

export const operationRoute = route('get /v1/operations', {
  operationId: 'listOperations',
  scope: 'read',
  summary: 'List operations and their costs',
  query: z.object({ account: accountName.optional() }),
  responses: { 200: listOf(operationShape) },
  async handler({ app, caller, policy, query }) {
    const list = (trials?: Allowances['trials']) => ({
      data: Object.entries(policy.operations).map(([name, operation]) => shown(name, operation, trials)),
      next_cursor: null,
    })
    if (query.account === undefined) return { body: list() }
    const found = await loadAccountContext(app.db, caller.product, query.account, app.now())
    const { trials } = await allowancesOf(app.db, policy, found)
    return { body: list(trials), account: { ...found.account, at: found.at } }
  },
})

function shown(
  name: string,
  { unit, cost, outputs, options, requires, required_options, plans, free_trials }: Operation,
  trials?: Allowances['trials'],
) {
  return {
    operation: name,
    unit,
    unit_cost: typeof cost === 'number' ? cost : null,
    price_range: typeof cost === 'number' ? null : cost,
    default_outputs: outputs.default,
    maximum_outputs: outputs.maximum,
    options,
    requires,
    required_options,
    plans,
    free_trials: trials ? (trials[name] ?? null) : free_trials > 0 ? { limit: free_trials, used: null } : null,
  }
}
