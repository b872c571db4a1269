import { z } from 'zod'

const guesses = (normally: number) => z.int().min(1).max(100_000).default(normally)

/** What a policy says about redemption codes. */
export const codeTermsSchema = z.strictObject({
  hide_state: z
    .boolean()
    .default(false)
    .describe('Used, replaced and refunded codes are answered as if they had never been issued.'),
  wrong_guesses: z
    .strictObject({
      per_account: guesses(10),
      per_address: guesses(60),
      per_key: guesses(600).describe('A key stands for a whole platform, with all its customers.'),
      within_minutes: z
        .int()
        .min(1)
        .max(24 * 60)
        .default(15),
    })
    .prefault({})
    .describe(
      'So many codes that were never issued may be tried, then nobody redeems until the time is over.',
    ),
})
