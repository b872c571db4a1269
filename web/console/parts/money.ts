/** An amount as a person enters it, in minor units: 9.90 of EUR is 990. */
export function minorUnits(amount: number | undefined, currency: string): number | undefined {
  if (amount === undefined) return undefined
  const { maximumFractionDigits: digits = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions()
  return Math.round(amount * 10 ** digits)
}
