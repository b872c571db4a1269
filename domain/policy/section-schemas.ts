import { z } from 'zod'

/**
 * Names in policies, URLs and the ledger. At least one letter, because JavaScript lists integer keys first and the order of
 * sources matters.
 */
export const name = z
  .string()
  .regex(
    /^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/,
    'must be lower-case words joined by hyphens, for example "ai-background"',
  )

/**
 * Calendar durations of at least a day, which keep the customer's time of day. Few digits, so that years keep four digits
 * and expiries sort as text.
 */
export const duration = z
  .string()
  .regex(
    /^P(?=\d)([1-9]\d{0,2}Y)?([1-9]\d{0,2}M)?([1-9]\d{0,2}W)?([1-9]\d{0,4}D)?$/,
    'must be a calendar duration of ISO 8601, for example "P90D" or "P2Y"',
  )

/** A setting that may be left out; its value is then null. */
export function optional<T extends z.ZodType>(schema: T, description?: string) {
  const setting = schema.nullable().default(null)
  return description === undefined ? setting : setting.describe(description)
}

const amount = z.int().min(0)
const noLimit = 'null: no limit'

const limitFields = {
  daily_credits: amount.nullable().describe(`Credits a day, from midnight UTC to midnight UTC; ${noLimit}.`),
  concurrency: z.int().min(1).nullable().describe(`Concurrent generations per account; ${noLimit}.`),
  requests_per_minute: z
    .int()
    .min(1)
    .nullable()
    .describe(`Requests for generations, quotes and charges per account; ${noLimit}.`),
  priority: z.int().min(1).max(5).describe('The priority of generations: 1 is first, 5 is last.'),
}

/** The limits of every account. */
export const limits = z
  .strictObject({
    daily_credits: limitFields.daily_credits.default(null),
    above_daily_credits: z
      .enum(['refuse', 'first_of_day'])
      .default('refuse')
      .describe(
        'An operation of which one output costs more than a day allows. first_of_day: one output a day is accepted, if no other credits were used that day.',
      ),
    concurrency: limitFields.concurrency.default(null),
    requests_per_minute: limitFields.requests_per_minute.default(null),
    priority: limitFields.priority.default(3),
  })
  .prefault({})

/** A plan's own limits; with several plans, the best of each applies. */
export const planLimits = z
  .strictObject(limitFields)
  .partial()
  .default({})
  .describe('Limits that differ from those of all accounts.')

export const unlimited = optional(
  z.strictObject({ fair_use_credits: z.int().min(1) }),
  'Generations cost no credits, up to this much per month of the membership.',
)

/** Launch credits: one window for all members, whenever they joined. */
export const launchWindow = z
  .strictObject({
    from: z.iso.datetime().describe('When the product launches, UTC.'),
    period: duration.describe('The validity of launch credits, counted from the launch.'),
    per: z
      .enum(['window', 'month'])
      .default('window')
      .describe('How often a membership gets its launch credits: once per window, or in each of its months within it.'),
    source: name,
  })
  .nullable()
  .default(null)

/** The terms of all memberships. */
export const membershipTerms = z
  .strictObject({
    refund: z
      .enum(['revoke_unused', 'keep'])
      .optional()
      .describe(
        'Credits of a month whose payment goes back, by a refund, dispute or credit note: revoke_unused takes the unused ones, in proportion to the money. Without it a person must look.',
      ),
  })
  .prefault({})

/** Compensation for faults. */
export const compensation = z
  .strictObject({
    source: name.describe('The source of compensation credits.'),
    causes: z.array(name).min(1).describe('The causes that are compensated.'),
    multiplier: z
      .strictObject({ default: amount, maximum: amount })
      .refine(m => m.default <= m.maximum, 'default must not be above maximum')
      .describe('The bonus, in multiples of the lost credits.'),
    approval_above: amount.nullable().describe('Larger compensations need an approval; null: none does.'),
  })
  .nullable()
  .default(null)

/** Audits and their corrections. */
export const audit = z
  .strictObject({
    approval_above: amount
      .nullable()
      .default(0)
      .describe('Corrections that move more credits need an approval; null: none does.'),
    bonus: optional(
      z.strictObject({ source: name, credits: z.int().min(1) }),
      'A bonus, once per audit that corrects something the customer lacked.',
    ),
    sweep: z
      .strictObject({
        every_hours: z
          .int()
          .min(1)
          .max(24 * 31)
          .default(24),
        accounts_per_minute: z.int().min(1).max(60_000).default(600),
        repair: z.boolean().default(false).describe('true: differences are corrected as in a requested audit.'),
      })
      .nullable()
      .prefault({})
      .describe('Audits all accounts and reports differences; null: never.'),
  })
  .prefault({})

/** The bounds of campaigns; each campaign has its own amount, validity and audience. */
export const campaigns = z
  .strictObject({
    sources: z.array(name).min(1).describe('The sources that campaigns may grant.'),
    maximum_credits_per_account: optional(
      z.int().min(1),
      `Credits that one campaign grants to an account; ${noLimit}.`,
    ),
  })
  .nullable()
  .default(null)

/** Thresholds of webhook events. */
export const notices = z
  .strictObject({
    low_credits: optional(z.int().min(1), 'credits.low is sent when an account has fewer credits; null: never.'),
  })
  .prefault({})

const attempts = (normally: number) => z.int().min(1).max(100_000).default(normally)

/** The terms of redemption codes. */
export const codeTermsSchema = z.strictObject({
  hide_state: z
    .boolean()
    .default(false)
    .describe('Used, replaced and refunded codes get the same response as unknown codes.'),
  wrong_attempts: z
    .strictObject({
      per_account: attempts(10),
      per_address: attempts(60),
      per_key: attempts(600).describe('A key serves a whole platform with all its customers.'),
      within_minutes: z
        .int()
        .min(1)
        .max(24 * 60)
        .default(15),
    })
    .prefault({})
    .describe('The number of unknown codes allowed before redemption is blocked until the time is over.'),
})
