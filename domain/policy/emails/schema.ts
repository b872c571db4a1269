import { z } from 'zod'
import { languages } from '../../shared/languages.ts'
import { name, optional } from '../section-schemas.ts'

const page = z.url({ protocol: /^https$/, error: 'must be an https address' })

/** How customers reach the product. Emails and pages show it. */
export const contact = z
  .strictObject({
    support: optional(
      z.union([z.email(), page], 'must be an email address or an https address'),
      'The email address or the page of the support.',
    ),
    credits_page: optional(
      page,
      "The product's own page that leads customers to Plan & Credits. Emails link to it, because links of portal sessions expire.",
    ),
  })
  .prefault({})

/** The emails that a policy may send, besides those with redemption codes. */
export const emailKinds = [
  'receipt',
  'transfer_expired',
  'credits_late',
  'compensation',
  'membership_past_due',
  'credits_expiring',
  'audit_done',
  'policy_announced',
] as const

export type EmailKind = (typeof emailKinds)[number]

export const emails = z
  .strictObject({
    language: z.enum(languages).default('en').describe('The language for accounts that state none.'),
    send: z
      .array(z.enum(emailKinds))
      .refine(kinds => new Set(kinds).size === kinds.length, 'must not name an email twice')
      .default([])
      .describe('The emails to customers. Redemption codes and gifts are emailed where a pack has delivery: code.'),
    past_due_after_hours: z
      .int()
      .min(0)
      .max(72)
      .default(3)
      .describe(
        'How long a payment is due before membership_past_due is sent. Stripe charges a renewal about an hour after it is due.',
      ),
    expiring_sources: optional(
      z.array(name).min(1),
      'The sources whose credits credits_expiring mentions, a week before they expire; null: all sources.',
    ),
  })
  .prefault({})
