import { z } from 'zod'

/** The largest number of credits in one request; nine million such amounts still add up exactly. */
const MAX_CREDITS = 1_000_000_000

/** Credits that one request moves. */
export const amountAtOnce = z.int().min(1).max(MAX_CREDITS)

/** Credits that a request sets, 0 included. */
export const settableAmount = z.int().min(0).max(MAX_CREDITS)

/** Credits that a request adds, or removes if negative. */
export const amountUpOrDown = z
  .int()
  .min(-MAX_CREDITS)
  .max(MAX_CREDITS)
  .refine(amount => amount !== 0, 'must not be 0')

/**
 * Money for people: $19.99, ₩12,900.
 * @param amount in minor units
 * @param currency ISO 4217
 * @param locale of the reader; English if omitted
 */
export function formatMoney(amount: number, currency: string, locale = 'en'): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency })
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}
