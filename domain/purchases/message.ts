import { z } from 'zod'

const reference = z.string().trim().min(1).max(200).describe("The payment's reference at the bank or provider.")
const reason = z.string().trim().min(1).max(500).describe('Stored with the purchase. No personal data.')

/** Messages to a purchase, sent over HTTP or Temporal. */
export const purchaseMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('payment'), reference }),
  z.strictObject({ kind: z.literal('missing') }),
  z.strictObject({ kind: z.literal('reissue') }),
  z.strictObject({
    kind: z.literal('refund'),
    reason,
    exception: z
      .strictObject({ credits: z.int().min(0), amount: z.int().min(0) })
      .optional()
      .describe('Refunds these, whatever the terms of the policy.'),
  }),
  z.strictObject({ kind: z.literal('resend_code') }),
  z.strictObject({ kind: z.literal('replace_code') }),
  z.strictObject({ kind: z.literal('acknowledged') }),
  z.strictObject({ kind: z.literal('close') }),
])

export type PurchaseMessage = z.infer<typeof purchaseMessage>
