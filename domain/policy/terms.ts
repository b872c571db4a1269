import { z } from 'zod'

/**
 * Names in policy files, URLs and the ledger: lower case words joined by hyphens. With a letter, because JavaScript
 * lists keys of digits only before all others, and the order of sources means something.
 */
export const name = z
  .string()
  .regex(
    /^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/,
    'must be lower-case words joined by hyphens, for example "ai-background"',
  )

/**
 * Calendar durations only: hours and seconds would not fall on a customer's time of day. Of a day at least, and of so
 * few digits that no expiry leaves the years of four digits, by which spending order sorts.
 */
export const duration = z
  .string()
  .regex(
    /^P(?=\d)([1-9]\d{0,2}Y)?([1-9]\d{0,2}M)?([1-9]\d{0,2}W)?([1-9]\d{0,4}D)?$/,
    'must be a calendar duration of ISO 8601, for example "P90D" or "P2Y"',
  )

const amount = z.int().min(0)
const noLimit = 'null: no limit'

const limitFields = {
  daily_credits: amount.nullable().describe(`Credits a day, from midnight UTC to midnight UTC; ${noLimit}.`),
  concurrency: z
    .int()
    .min(1)
    .nullable()
    .describe(`Generations of one account under way at once; ${noLimit}.`),
  requests_per_minute: z
    .int()
    .min(1)
    .nullable()
    .describe(`Requests for generations, quotes and charges of one account; ${noLimit}.`),
  priority: z.int().min(1).max(5).describe('Whose generations are worked on first: 1 before 5.'),
}

/** What every account may do, whatever its plan. */
export const limits = z
  .strictObject({
    daily_credits: limitFields.daily_credits.default(null),
    concurrency: limitFields.concurrency.default(null),
    requests_per_minute: limitFields.requests_per_minute.default(null),
    priority: limitFields.priority.default(3),
  })
  .prefault({})

/** What a plan changes of that; of several plans each limit is the best one. */
export const planLimits = z
  .strictObject(limitFields)
  .partial()
  .default({})
  .describe('What holders of this plan may do, where it differs from everybody.')

export const unlimited = z
  .strictObject({ fair_use_credits: z.int().min(1) })
  .nullable()
  .default(null)
  .describe(
    'No credits are spent under this plan, up to what would have cost this many in a month of the membership.',
  )

/** Credits of a launch: the same window for everybody, whenever they joined. */
export const launchWindow = z
  .strictObject({
    from: z.iso.datetime().describe('When the product launches, UTC.'),
    period: duration.describe('How long the launch credits live, counted from the launch.'),
    source: name,
  })
  .nullable()
  .default(null)

/** What is given back and added when something went wrong. */
export const compensation = z
  .strictObject({
    source: name.describe('Of what source the credits are that are given back and added.'),
    causes: z.array(name).min(1).describe('For what it is given.'),
    multiplier: z
      .strictObject({ default: amount, maximum: amount })
      .refine(m => m.default <= m.maximum, 'default must not be above maximum')
      .describe('The bonus, in multiples of what was lost.'),
    approval_above: amount.nullable().describe('Larger ones wait for an approval; null: none does.'),
  })
  .nullable()
  .default(null)

/** How an account is put right whose credits are not as they should be. */
export const audit = z
  .strictObject({
    approval_above: amount
      .nullable()
      .default(0)
      .describe('Corrections that move more credits than this wait for an approval; null: none does.'),
    bonus: z
      .strictObject({ source: name, credits: z.int().min(1) })
      .nullable()
      .default(null)
      .describe('For the trouble, once for each audit that repairs something the customer lacked.'),
    sweep: z
      .strictObject({
        every_hours: z
          .int()
          .min(1)
          .max(24 * 31)
          .default(24),
        accounts_per_minute: z.int().min(1).max(60_000).default(600),
        repair: z
          .boolean()
          .default(false)
          .describe('true: what it finds is audited and repaired as if support had asked.'),
      })
      .nullable()
      .prefault({})
      .describe('Looks at all accounts and reports what it finds; null: never.'),
  })
  .prefault({})

/** Within what bounds a campaign may give; each has its own amount, validity and audience. */
export const campaigns = z
  .strictObject({
    sources: z.array(name).min(1).describe('Of what sources a campaign may give.'),
    maximum_credits: z.int().min(1).nullable().default(null).describe(`To one account; ${noLimit}.`),
  })
  .nullable()
  .default(null)

/** Of what the product is told by a webhook, where it depends on a number. */
export const notices = z
  .strictObject({
    low_credits: z
      .int()
      .min(1)
      .nullable()
      .default(null)
      .describe('credits.low is sent when spending leaves an account fewer than this; null: never.'),
  })
  .prefault({})
