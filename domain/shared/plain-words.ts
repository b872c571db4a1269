/** English for amounts, durations and lists. */

const units = { Y: 'year', M: 'month', W: 'week', D: 'day' }

/** P2Y as "2 years", P1M10D as "1 month and 10 days". */
export function describeDuration(duration: string): string {
  const parts = [...duration.matchAll(/(\d+)([YMWD])/g)]
  return and(parts.map(([, n, unit]) => count(Number(n), units[unit as keyof typeof units])))
}

/** "1 credit", "2 credits". */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}

export function times(n: number): string {
  return n === 1 ? 'once' : `${n} times`
}

/** "a", "a and b", "a, b and c". */
export function and(parts: string[]): string {
  return parts.join(', ').replace(/, (?!.*, )/, ' and ')
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
