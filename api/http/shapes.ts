import { z } from 'zod'
import { ledgerBalance } from '../../db/ledger/balance.ts'
import { lotShape } from '../../db/ledger/lots/lots.ts'
import { purchaseStates } from '../../domain/purchases/purchase.ts'
import { isTimeZone } from '../../domain/shared/calendar.ts'
import { credits, named, time } from '../../domain/shared/shapes.ts'

export { instant } from '../../domain/shared/instant.ts'
export { credits, named, time }

import { type RefusalCode, refusalTitles } from '../../domain/shared/refusals.ts'

/** Schemas shared by requests and responses. */

export const accountName = z
  .string()
  .regex(/^[^\s/\p{Cc}]{1,128}$/u, 'must be 1 to 128 characters without spaces, slashes or control characters')
  .describe("The product's own id of the account. Not an email address: it appears in workflow histories.")

export const resourceId = z.string().regex(/^[^\s/\p{Cc}]{1,200}$/u, 'must be an id')

export const timeZone = z.string().refine(isTimeZone, 'must be an IANA time zone, for example Europe/Berlin')

/** Why support acts. */
export const reason = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .describe('Stored in the activity log and the ledger. No personal data.')

export const page = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.string().max(500).optional(),
})

/** A page of a list whose cursor is a number. */
export const numberedPage = page.extend({
  cursor: z
    .string()
    .regex(/^\d{1,18}$/, 'must be a cursor of this list')
    .optional(),
})

export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ data: z.array(item), next_cursor: z.string().nullable() })

export const balanceShape = named('Balance', {
  ...ledgerBalance.shape,
  account: z.string(),
  next_grant: z.object({ at: time, amount: credits, source: z.string() }).nullable(),
  daily_limit: z.object({ limit: credits, used: credits, resets_at: time }).nullable(),
  trials: z.record(z.string(), z.object({ limit: credits, used: credits })),
  unlimited: z
    .object({ fair_use_limit: credits, used: credits, resets_at: time })
    .optional()
    .describe('Usage under a plan that spends no credits.'),
})

/** An entry of a history or timeline. */
const timelineEvent = z.object({
  at: time,
  what: z.string(),
  detail: z.record(z.string(), z.unknown()).nullable(),
})

export const membershipShape = named('Membership', {
  id: z.string(),
  account: z.string(),
  provider: z.string(),
  external_id: z.string().nullable(),
  plan: z.string(),
  slots: z.int(),
  state: z.enum(['trialing', 'active', 'past_due', 'lapsed', 'ended']),
  anchor: time,
  paid_through: time.nullable(),
  trial_ends_at: time.nullable(),
  cancel_at_period_end: z.boolean(),
  current_period_end: time
    .nullable()
    .describe('When a cancellation at the end of the period takes effect; null if not running.'),
  next_grant: z.object({ at: time, amount: credits, source: z.string() }).nullable(),
  scheduled_change: z.object({ plan: z.string(), slots: z.int(), at: time.describe('When it applies.') }).nullable(),
  joins: z
    .object({
      into: z.string().describe('The id of the membership that it is combined into.'),
      before: time.describe('Months of its own come until then, when the other grants the sum.'),
    })
    .nullable()
    .describe('The combination that ends it; null if it is not being combined.'),
  subscription_change: z
    .object({
      to: z.enum(['cancelled', 'cancelled_at_period_end', 'continued']),
      state: z.enum(['pending', 'refused']),
    })
    .nullable(),
  not_configured: z.array(z.string()).optional(),
  history: z.array(timelineEvent),
})

export const codeState = z.enum(['valid', 'redeemed', 'replaced', 'refunded'])

export const purchaseShape = named('Purchase', {
  id: z.string(),
  account: z.string(),
  pack: z.string(),
  quantity: z.int(),
  provider: z.string(),
  payment_method: z.string().nullable().describe('null: chosen at the provider.'),
  bank_transfer: z
    .object({
      bank: z.string(),
      number: z.string(),
      holder: z.string(),
      reference: z.string(),
      amount: z.int(),
      currency: z.string(),
      due_at: time,
    })
    .nullable()
    .describe('Where to send the money, and the reference to give; null unless a bank transfer is awaited.'),
  state: z.enum(purchaseStates),
  checkout_url: z.string().nullable(),
  amount: z.int().describe('In minor units.'),
  currency: z.string(),
  discount_percent: z.int(),
  credits: credits.nullable().describe('null until chosen at random.'),
  bonus: credits,
  lots: z.array(lotShape),
  code: z
    .object({
      status: codeState,
      issue: z.int(),
      sent: z.boolean(),
      to: z.string().nullable(),
      gift: z.boolean(),
      email_problem: z.enum(['no_address', 'rejected']).nullable(),
      redeemed_at: time.nullable(),
      redeemed_by: z.string().nullable(),
    })
    .nullable(),
  bought_at: time,
  paid_at: time.nullable(),
  payment_reference: z.string().nullable(),
  fulfilled_at: time.nullable(),
  refund_until: time.nullable(),
  refund: z.object({ state: z.string(), credits, amount: z.int() }).nullable(),
  needs_attention: z.boolean(),
  message: z.string().describe('A sentence for the customer.'),
  timeline: z.array(timelineEvent),
})

const problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  param: z.string().optional(),
  doc_url: z.url().optional(),
  code: z.enum(Object.keys(refusalTitles) as RefusalCode[]),
  request_id: z.string(),
})
export const problemShape = problem.meta({ id: 'Problem' })
