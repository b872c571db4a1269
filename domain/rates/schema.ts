import { z } from 'zod'

const credits = z.int().min(0)

/** At most three decimals. */
const decimal = z
  .number()
  .min(0)
  .max(1_000_000_000)
  .refine(n => Math.abs(n * 1000 - Math.round(n * 1000)) < 1e-6, 'must have at most three decimals')

const optionName = z.string().min(1).max(200)
const meterName = z.string().regex(/^[a-z][a-z0-9_]{0,60}$/, 'must be words joined by "_", for example "input_tokens"')

const meter = z.strictObject({
  credits: decimal.describe('Credits for `per` of it.'),
  per: z
    .union([1, 10, 100, 1_000, 10_000, 100_000, 1_000_000].map(n => z.literal(n)))
    .default(1)
    .describe('A power of ten up to 1,000,000.'),
  included: z.int().min(0).default(0).describe('The quantity of each generation that costs nothing.'),
})

const optionPrice = z
  .union(
    [
      decimal,
      z.strictObject({ factor: decimal.describe('Multiplies outputs, option amounts and measured quantities.') }),
    ],
    'must be credits per output, or {factor: number}',
  )
  .describe('Credits per output that the value adds, or a factor.')

/** The price of an operation that depends on options or on measured quantities. */
export const rateCard = z
  .strictObject({
    per_output: decimal.default(0).describe('Credits for each delivered output.'),
    options: z
      .record(optionName, z.record(optionName, optionPrice))
      .default({})
      .describe('The price of the values of options: {resolution: {sd: 2, hd: 5}, quality: {high: {factor: 1.5}}}.'),
    meters: z
      .record(meterName, meter)
      .default({})
      .describe(
        'The price of measured quantities, which the service reports: {input_tokens: {credits: 1, per: 1000}}.',
      ),
    minimum: credits.default(0).describe('The least that a generation costs.'),
    maximum: credits.nullable().default(null).describe('The most that a generation costs; null: no upper bound.'),
    rounding: z
      .enum(['up', 'carry'])
      .default('up')
      .describe(
        'up: each generation is rounded up. carry: the fraction is kept per account and operation, and charged once it makes a whole credit.',
      ),
    typical: z
      .record(meterName, z.int().min(0))
      .default({})
      .describe('The quantities of a typical request, for explanations of the price.'),
  })
  .refine(card => card.maximum === null || card.minimum <= card.maximum, 'minimum must not be above maximum')
  .refine(
    ({ typical, meters }) => Object.keys(typical).every(name => Object.hasOwn(meters, name)),
    'typical must name meters of the card',
  )
  .refine(
    // Two factors of three decimals and a millionth make 12 decimals, the digits of domain/rates/exact.ts.
    ({ options }) => Object.values(options).filter(hasFactor).length <= 2,
    'at most two options may have factors',
  )
  .refine(
    ({ meters }) => Object.values(meters).every(({ credits: rate, per }) => Number.isInteger(rate) || per <= 1_000),
    'a meter with decimals must be per 1,000 or less',
  )

function hasFactor(values: Record<string, unknown>): boolean {
  return Object.values(values).some(value => typeof value === 'object')
}

/** Times of hours and minutes, for deadlines. */
const timeSpan = z
  .string()
  .regex(/^P(?=\d|T\d)(?:[1-7]D)?(?:T(?=\d)(?:\d{1,3}H)?(?:\d{1,4}M)?)?$/, 'must be a time such as "PT1H" or "P1D"')

/** How generations of an operation are settled. */
export const settlementRules = z
  .strictObject({
    stated_cost: z
      .boolean()
      .default(false)
      .describe('The service may complete with the cost of what it did, within the range of the operation.'),
    excess: z
      .enum(['reject', 'cap', 'draw'])
      .default('reject')
      .describe(
        'If the actual cost is above what is held. reject: refused. cap: what is held is charged. draw: the difference is taken from the available credits.',
      ),
    shortfall: z
      .enum(['cap', 'debt'])
      .default('cap')
      .describe('With draw, if too few credits are available. cap: the rest is waived. debt: later grants pay it.'),
    maximum_hold: credits.nullable().default(null).describe('The most that one request may hold; null: no limit.'),
    at_timeout: z
      .enum(['release', 'reported'])
      .default('release')
      .describe('At the deadline. reported: the usage that was reported until then is charged.'),
    late_settlement: timeSpan
      .nullable()
      .default(null)
      .describe('How long after the deadline a result is still charged, such as PT1H; null: never.'),
    extendable_to: timeSpan
      .nullable()
      .default(null)
      .describe('How long after the reservation the deadline can be moved, such as P1D; null: it cannot.'),
  })
  .prefault({})

export type RateCard = z.infer<typeof rateCard>
export type SettlementRules = z.infer<typeof settlementRules>
