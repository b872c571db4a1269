/** Hundredths of a per cent in 100 %. */
const WHOLE = 10_000n

/**
 * The net amount and the tax of a sum of prices, in minor units. The tax is rounded half up, away from zero for credit
 * notes, so that a credit note of a whole invoice cancels it.
 * @param percent with at most two decimals
 * @param included whether the prices contain the tax
 */
export function splitTax(
  sum: number,
  { percent, included }: { percent: number; included: boolean },
): { net: number; tax: number; total: number } {
  const rate = BigInt(Math.round(percent * 100))
  const base = included ? WHOLE + rate : WHOLE
  const size = BigInt(Math.abs(sum))
  const rounded = Number((2n * size * rate + base) / (2n * base))
  const tax = sum < 0 ? -rounded : rounded
  return included ? { net: sum - tax, tax, total: sum } : { net: sum, tax, total: sum + tax }
}
