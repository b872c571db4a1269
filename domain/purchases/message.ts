import { z } from 'zod'

const reference = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .describe("What names the payment in the bank's or the provider's books.")
const reason = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .describe('Why; it stays with the purchase. No personal data.')

/** What may be sent to a purchase, over HTTP or straight over Temporal. */
export const purchaseMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('payment'), reference }),
  z.strictObject({ kind: z.literal('missing') }),
  z.strictObject({ kind: z.literal('reissue') }),
  z.strictObject({ kind: z.literal('refund'), reason }),
  z.strictObject({ kind: z.literal('resend_code') }),
  z.strictObject({ kind: z.literal('replace_code') }),
  z.strictObject({ kind: z.literal('acknowledged') }),
  z.strictObject({ kind: z.literal('close') }),
])

export type PurchaseMessage = z.infer<typeof purchaseMessage>
