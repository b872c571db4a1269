import { z } from 'zod'

/** So many that nine million such amounts still count exactly. */
const MOST_AT_ONCE = 1_000_000_000

/** How many credits one request may ask to move. */
export const amountAtOnce = z.int().min(1).max(MOST_AT_ONCE)

/** The same for what is set, 0 among it. */
export const settableAmount = z.int().min(0).max(MOST_AT_ONCE)

/** The same where credits may also be taken away. */
export const amountUpOrDown = z
  .int()
  .min(-MOST_AT_ONCE)
  .max(MOST_AT_ONCE)
  .refine(amount => amount !== 0, 'must not be 0')
