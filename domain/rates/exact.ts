/**
 * Credits as an exact fraction: a whole number of 10⁻¹² credits. Every rate card divides evenly into it, so that no sum rounds
 * (RC-05). Written as a decimal text, such as "6.25", wherever it is stored or shown.
 */
export type Exact = bigint

const DIGITS = 12
export const CREDIT: Exact = 10n ** 12n
const THOUSANDTH = CREDIT / 1000n

/** @param credits with at most three decimals */
export function exactCredits(credits: number): Exact {
  return BigInt(Math.round(credits * 1000)) * THOUSANDTH
}

/** An amount times a factor with at most three decimals. */
export function timesFactor(amount: Exact, factor: number): Exact {
  return (amount * BigInt(Math.round(factor * 1000))) / 1000n
}

/** Rounded up to whole credits. @param amount not negative */
export function roundedUp(amount: Exact): number {
  return Number((amount + CREDIT - 1n) / CREDIT)
}

export function writeExact(amount: Exact): string {
  const size = amount < 0n ? -amount : amount
  const decimals = (size % CREDIT).toString().padStart(DIGITS, '0').replace(/0+$/, '')
  return `${amount < 0n ? '-' : ''}${size / CREDIT}${decimals && `.${decimals}`}`
}
