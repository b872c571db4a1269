import { TZDate } from '@date-fns/tz'
import { add } from 'date-fns/add'
import { addMonths } from 'date-fns/addMonths'
import { getDaysInMonth } from 'date-fns/getDaysInMonth'

/** An ISO 8601 calendar duration such as P1Y6M or P90D. */
const durationPattern = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/

/**
 * Adds a calendar duration and keeps the time of day in the account's time zone across daylight-saving changes.
 * @param duration ISO 8601, in years, months, weeks and days
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

/** Whether a text in the form of an instant is a valid one: rejects 30 February and year 0. */
export function isInstant(text: string): boolean {
  const day = text.slice(0, 10)
  const midnight = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(Date.parse(text)) && midnight.getUTCFullYear() > 0 && midnight.toISOString().startsWith(day)
}

/** The fewest days that a calendar duration can span. */
export function shortestDays(duration: string): number {
  const [, years = 0, months = 0, weeks = 0, days = 0] = (durationPattern.exec(duration) ?? []).map(Number)
  const part = (n: number, of: number) => (Number.isNaN(n) ? 0 : n * of)
  return part(years, 365) + part(months, 28) + part(weeks, 7) + part(days, 1)
}

/**
 * The n-th monthly anniversary of an anchor. Counted from the anchor, so that the 31st becomes the last day of shorter
 * months and returns to the 31st afterwards (BR-01).
 * @param n 0 is the anchor itself
 * @param day of the month, if the anchor is the end of a month without it
 */
export function anniversary(anchor: Date, n: number, timeZone: string, day = 0): Date {
  const date = addMonths(new TZDate(anchor, timeZone), n)
  if (day > date.getDate()) date.setDate(Math.min(day, getDaysInMonth(date)))
  return new Date(date.getTime())
}

export function dayOfMonth(instant: Date, timeZone: string): number {
  return new TZDate(instant, timeZone).getDate()
}

/** Whether an anniversary on a day of the month may fall on an instant: on the day, or the end of a month without it. */
export function isOnDay(instant: Date, day: number, timeZone: string): boolean {
  const date = new TZDate(instant, timeZone)
  return Math.min(day, getDaysInMonth(date)) === date.getDate()
}

/**
 * The n-th start of a day of the month, in UTC, after an instant (LS-08).
 * @param day 1 to 28, which every month has
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
