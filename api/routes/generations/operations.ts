import { z } from 'zod'
import { loadAccountContext } from '../../../db/accounts/account-context.ts'
import type { Operation } from '../../../domain/policy/policy.ts'
import type { RateCard, SettlementRules } from '../../../domain/rates/schema.ts'
import { route } from '../../http/route.ts'
import { accountName, credits, listOf, named } from '../../http/shapes.ts'
import { type Allowances, allowancesOf } from '../accounts/allowances.ts'

const optionShape = named('RateOption', {
  option: z.string(),
  value: z.string(),
  credits: z.number().nullable(),
  factor: z.number().nullable(),
})

const meterShape = named('RateMeter', { meter: z.string(), credits: z.number(), per: z.int(), included: z.int() })

const rateShape = named('RateCard', {
  per_output: z.number(),
  options: z.array(optionShape),
  meters: z.array(meterShape),
  minimum: credits,
  maximum: credits.nullable(),
  rounding: z.enum(['up', 'carry']),
})

const operationShape = named('Operation', {
  operation: z.string(),
  unit: z.string(),
  unit_cost: credits.nullable(),
  price_range: z.object({ minimum: credits, maximum: credits.nullable() }).nullable(),
  rates: rateShape.nullable(),
  settlement: z.object({
    stated_cost: z.boolean(),
    excess: z.enum(['reject', 'cap', 'draw']),
    maximum_hold: credits.nullable(),
    late_settlement: z.string().nullable(),
    extendable_to: z.string().nullable(),
  }),
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
  { unit, cost, rates, settlement, outputs, options, requires, required_options, plans, free_trials }: Operation,
  trials?: Allowances['trials'],
) {
  return {
    operation: name,
    unit,
    unit_cost: typeof cost === 'number' && !rates ? cost : null,
    price_range: typeof cost === 'number' ? null : cost,
    rates: rates && shownRates(rates),
    settlement: shownRules(settlement),
    default_outputs: outputs.default,
    maximum_outputs: outputs.maximum,
    options,
    requires,
    required_options,
    plans,
    free_trials: trials ? (trials[name] ?? null) : free_trials > 0 ? { limit: free_trials, used: null } : null,
  }
}

function shownRates({ typical: _, options, meters, ...card }: RateCard) {
  return {
    ...card,
    options: Object.entries(options).flatMap(([option, values]) =>
      Object.entries(values).map(([value, price]) =>
        typeof price === 'number'
          ? { option, value, credits: price, factor: null }
          : { option, value, credits: null, factor: price.factor },
      ),
    ),
    meters: Object.entries(meters).map(([meter, rate]) => ({ meter, ...rate })),
  }
}

function shownRules({ shortfall: _, at_timeout: __, ...shown }: SettlementRules) {
  return shown
}
