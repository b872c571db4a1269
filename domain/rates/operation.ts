import { z } from 'zod'
import { name, optional } from '../policy/section-schemas.ts'
import { type RateCard, rateCard, type SettlementRules, settlementRules } from './schema.ts'

const credits = z.int().min(0)

const COST_RULE = 'must be whole credits, or a range {minimum, maximum}; or else give rates'

const range = z
  .strictObject({ minimum: credits, maximum: credits.nullable().describe('null: no upper bound') })
  .refine(r => r.maximum === null || r.minimum <= r.maximum, 'minimum must not be above maximum')

/** A tool of the product: what it costs and who may use it. */
export const operation = z
  .strictObject({
    unit: z.string().default('output').describe('The name of one output, for people.'),
    cost: z
      .union([credits, range], COST_RULE)
      .optional()
      .describe('Credits per output; a range if the service states the price. Instead of rates.'),
    rates: optional(rateCard, 'The price by options and measured quantities. Instead of cost.'),
    settlement: settlementRules,
    outputs: z
      .strictObject({ default: z.int().min(1).default(1), maximum: z.int().min(1).default(1) })
      .refine(o => o.default <= o.maximum, 'default must not be above maximum')
      .default({ default: 1, maximum: 1 }),
    options: z
      .record(name, z.array(z.union([z.string(), z.boolean()], 'must be a text, true or false')).min(1))
      .default({})
      .describe('Options and their allowed values.'),
    requires: z
      .record(name, z.array(name).min(1))
      .default({})
      .describe('Options that require others: {logo: [background]}.'),
    required_options: z.array(name).default([]).describe('Options that every request must set: [background].'),
    plans: optional(z.array(name).min(1), 'Only members of these plans may use it; null: every account may.'),
    free_trials: z.int().min(0).default(0).describe('Free uses for accounts that were never members.'),
  })
  .superRefine((operation, context) => {
    for (const [path, message] of [...optionMistakes(operation), ...rateMistakes(operation)])
      context.addIssue({ code: 'custom', path, message })
  })
  .transform(({ cost = 0, ...others }) => ({ ...others, cost }))

type Mistake = [path: (string | number)[], message: string]
type Options = { options: Record<string, (string | boolean)[]> }

function optionMistakes({
  options,
  requires,
  required_options,
}: Options & { requires: Record<string, string[]>; required_options: string[] }): Mistake[] {
  const isNone = (option: string) => !Object.hasOwn(options, option)
  return [
    ...required_options.flatMap((option, n): Mistake[] =>
      isNone(option) ? [[['required_options', n], `${option} is not an option`]] : [],
    ),
    ...Object.entries(requires).flatMap(([option, others]) =>
      [option, ...others].filter(isNone).map((each): Mistake => [['requires', option], `${each} is not an option`]),
    ),
  ]
}

function rateMistakes({
  cost,
  rates,
  options,
  settlement,
}: Options & {
  cost?: number | object | undefined
  rates: RateCard | null
  settlement: SettlementRules
}): Mistake[] {
  if ((cost === undefined) === (rates === null)) return [[['cost'], COST_RULE]]
  const priced = Object.entries(rates?.options ?? {}).flatMap(([option, values]) =>
    (options[option] ?? ['']).flatMap((value): Mistake[] =>
      Object.hasOwn(values, String(value))
        ? []
        : [[['rates', 'options', option], `must price ${value || 'an option of the operation'}`]],
    ),
  )
  if (settlement.stated_cost && typeof cost !== 'object')
    return [...priced, [['settlement', 'stated_cost'], 'needs a cost of {minimum, maximum}']]
  return priced
}
