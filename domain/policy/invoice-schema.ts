import { z } from 'zod'
import { optional } from './section-schemas.ts'

const line = z.string().min(1).max(200)

/** Providers whose payments belong on our invoices. Gumroad sells in its own name. */
const invoiced = z.enum(['invoice', 'bank_transfer', 'manual', 'stripe'])

const tax = z
  .strictObject({
    name: line.describe('For example VAT.'),
    percent: z.number().min(0).max(100).multipleOf(0.01),
    included: z
      .boolean()
      .default(true)
      .describe('Whether prices contain it; false adds it to the total of an invoice.'),
  })
  .describe('Computed once per document on its total, and rounded half up to a whole minor unit.')

/** Invoices: what makes a monthly statement an invoice. */
export const invoices = optional(
  z
    .strictObject({
      seller: z.strictObject({
        name: line,
        address: z.array(line).min(1).max(6),
        tax_id: line.describe('For example the VAT number.'),
      }),
      tax,
      due_days: z.int().min(0).max(365).default(14).describe('Days from the invoice to its due date.'),
      how_to_pay: z
        .array(line)
        .min(1)
        .max(6)
        .describe('For example the bank account. The number of the invoice is the reference.'),
      prefix: z
        .string()
        .regex(/^[A-Z0-9-]{0,12}$/, 'must be capitals, digits and hyphens')
        .default('')
        .describe('The beginning of the numbers. Each product counts its invoices and its credit notes without gaps.'),
      providers: z
        .array(invoiced)
        .min(1)
        .default(['invoice'])
        .describe('The payment providers whose purchases are on invoices.'),
    })
    .refine(({ tax, providers }) => tax.included || providers.every(provider => provider === 'invoice'), {
      path: ['tax', 'included'],
      message: 'must be true unless all is paid by invoice: other providers charge the prices as they are',
    }),
  'The invoices of the product; null: customers get monthly statements.',
)
