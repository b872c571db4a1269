import { z } from 'zod'

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
