import { z } from 'zod'
import { duration } from '../policy/section-schemas.ts'
import { amountAtOnce } from '../shared/amount.ts'
import { isTimeZone } from '../shared/calendar.ts'
import { instant, instantText } from '../shared/instant.ts'
import { languages } from '../shared/languages.ts'

/** The records of an import, one line each. The cells of a CSV file are texts, so numbers and booleans may be written as texts. */

const fromText = <T extends z.ZodType>(read: (text: string) => unknown, schema: T) =>
  z.preprocess(value => (typeof value === 'string' ? read(value) : value), schema)

const numberIn = (text: string) => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text)
const amount = fromText(numberIn, amountAtOnce)
const slots = fromText(numberIn, z.int().min(1).max(1_000_000))
const yesOrNo = fromText(text => ({ true: true, false: false })[text] ?? text, z.boolean())

const account = z
  .string()
  .regex(/^[^\s/\p{Cc}]{1,128}$/u, 'must be 1 to 128 characters without spaces, slashes or control characters')
const id = z.string().regex(/^[\x21-\x7e]{1,200}$/, 'must be 1 to 200 printable characters without spaces')

const accountRecord = z.strictObject({
  account: account.describe("The product's own id of the account. Not an email address."),
  email: z.email().max(254).optional().describe('Where emails go.'),
  time_zone: z
    .string()
    .refine(isTimeZone, 'must be an IANA time zone, for example Europe/Berlin')
    .optional()
    .describe('UTC if omitted.'),
  language: z.enum(languages).optional().describe("Of emails; the policy's if omitted."),
  stripe_customer: z.string().min(1).max(200).optional().describe("Stripe's id of the customer."),
  created_at: instant.optional().describe('The time of the freeze if omitted.'),
  had_trial: yesOrNo.optional().describe('`true` if the account has had the trial that a plan offers once.'),
})

const lotRecord = z.strictObject({
  id: id.describe("The old system's id. A lot is imported once, however often its id is sent."),
  account: account.describe('Created if it is neither known nor in a file of accounts.'),
  source: z.string().max(100).describe('A source of the policy.'),
  amount: amount.describe('Credits that are left.'),
  granted: amount.optional().describe('Credits granted originally; `amount` if omitted.'),
  granted_at: instant.describe('The original time of the grant.'),
  expires_at: z
    .union([z.literal('never'), instant], 'must be a time such as 2026-12-31T00:00:00Z, or never')
    .optional()
    .describe("The original expiry, or `never`; the source's validity from `granted_at` if omitted."),
  reference: id.optional().describe('What the lot is shown to come from, such as an order; `id` if omitted.'),
})

const membershipRecord = z.strictObject({
  id: id.describe("The old system's id."),
  account: account.describe('As in lots.'),
  plan: z.string().max(100).describe('A plan of the policy.'),
  slots: slots.default(1).describe('1 if omitted.'),
  anchor: instantText.describe('The start, on whose anniversaries credits are granted.'),
  paid_through: instantText.optional().describe('Until when it is paid. Required where the plan is paid.'),
  trial_ends_at: instantText.optional().describe('The end of a trial that has not ended.'),
  cancel_at_period_end: yesOrNo.default(false).describe('`true` if it ends with the paid time.'),
  granted_until: instantText
    .optional()
    .describe('Months that began by then were granted by the old system; the time of the freeze if omitted.'),
  subscription: z
    .string()
    .regex(/^sub_\w+$/, 'must be the id of a Stripe subscription')
    .optional()
    .describe("Stripe's id of the subscription that pays for it; without it, it is renewed by call."),
})

const codeRecord = z
  .strictObject({
    code: z.string().min(8).max(100).optional().describe('The code as customers have it.'),
    sha256: z
      .string()
      .regex(/^[0-9a-fA-F]{64}$/, 'must be 64 hexadecimal digits')
      .optional()
      .describe('Instead of `code`: the SHA-256 of the code exactly as customers have it, in hexadecimal digits.'),
    source: z.string().max(100).describe('A source of the policy.'),
    credits: amount.describe('What a redemption grants.'),
    validity: z
      .union([z.literal('never_expires'), duration], 'must be a duration such as P1Y, or never_expires')
      .optional()
      .describe("Of the credits, from the redemption; the source's if omitted."),
    issued_at: instant.optional().describe('The time of the freeze if omitted.'),
  })
  .refine(({ code, sha256 }) => (code === undefined) !== (sha256 === undefined), 'must have code or sha256')

/** The schema of each kind of record, by the name of its files. */
export const importRecords = {
  accounts: accountRecord,
  lots: lotRecord,
  memberships: membershipRecord,
  codes: codeRecord,
}

export type ImportKind = keyof typeof importRecords
export type ImportRecord<K extends ImportKind> = z.infer<(typeof importRecords)[K]>
