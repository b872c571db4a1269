import { TZDate } from '@date-fns/tz'
import { add } from 'date-fns/add'
import { addMonths } from 'date-fns/addMonths'

/** The parts of an ISO 8601 calendar duration such as P1Y6M or P90D. */
const durationPattern = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/

/**
 * The instant one calendar duration after another, at the same time of day in the account's time zone, so that a
 * change between summer and winter time moves nobody's expiry by an hour.
 * @param duration ISO 8601, years to days only, as the policy schema admits
 */
export function addDuration(instant: Date, duration: string, timeZone: string): Date {
  const parts = durationPattern.exec(duration)
  if (!parts) throw new Error(`${duration} is not a calendar duration`)
  const [, years, months, weeks, days] = parts
  const local = new TZDate(instant, timeZone)
  const end = add(local, {
    years: Number(years ?? 0),
    months: Number(months ?? 0),
    weeks: Number(weeks ?? 0),
    days: Number(days ?? 0),
  })
  return new Date(end.getTime())
}

/** Whether a text that has the form of an instant is one: no 30th of February, no year that the book could not hold. */
export function isInstant(text: string): boolean {
  const day = text.slice(0, 10)
  const midnight = new Date(`${day}T00:00:00Z`)
  return (
    !Number.isNaN(Date.parse(text)) && midnight.getUTCFullYear() > 0 && midnight.toISOString().startsWith(day)
  )
}

/** The fewest days that a calendar duration can be. */
export function shortestDays(duration: string): number {
  const [, years = 0, months = 0, weeks = 0, days = 0] = (durationPattern.exec(duration) ?? []).map(Number)
  const part = (n: number, of: number) => (Number.isNaN(n) ? 0 : n * of)
  return part(years, 365) + part(months, 28) + part(weeks, 7) + part(days, 1)
}

/**
 * The n-th monthly anniversary of an anchor, always counted from the original anchor: one that falls on the 31st
 * goes to the last day of shorter months and back to the 31st after them (BR-01).
 * @param n 0 is the anchor itself
 */
export function anniversary(anchor: Date, n: number, timeZone: string): Date {
  return new Date(addMonths(new TZDate(anchor, timeZone), n).getTime())
}

/**
 * The n-th time after an instant that a day of the month begins in UTC (LS-08).
 * @param day 1 to 28, so that every month has it
 * @param n 1 is the first one after the instant
 */
export function monthlyDay(after: Date, day: number, n: number): Date {
  const sameMonth = Date.UTC(after.getUTCFullYear(), after.getUTCMonth(), day)
  const first = sameMonth > after.getTime() ? 0 : 1
  return new Date(Date.UTC(after.getUTCFullYear(), after.getUTCMonth() + first + n - 1, day))
}

/** Whether the runtime knows this IANA time zone. */
export function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone })
    return true
  } catch {
    return false
  }
}
