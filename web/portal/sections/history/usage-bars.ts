import type { Usage } from '../../../shared/api-types.ts'

/** Usage of one day (2026-11-21) or month (2026-11), in credits. */
export type Bar = { key: string; spent: number; refunded: number; count: number }

const DAYS = 30
const MONTHS = 12

/** One bar for each of the last 30 days. @param today an ISO day, 2026-11-21 */
export function dayBars(usage: Usage[], today: string): Bar[] {
  const keys = Array.from({ length: DAYS }, (_, back) => daysBefore(today, DAYS - 1 - back))
  return bars(keys, usage, group => group)
}

/** One bar for each of the last 12 months, the current month last. */
export function monthBars(usage: Usage[], today: string): Bar[] {
  const [year = 0, month = 0] = today.split('-').map(Number)
  const keys = Array.from({ length: MONTHS }, (_, back) =>
    new Date(Date.UTC(year, month - MONTHS + back, 1)).toISOString().slice(0, 7),
  )
  return bars(keys, usage, group => group.slice(0, 7))
}

/** The ISO day of an instant in a time zone. */
export function dayIn(zone: string, at: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(new Date(at))
}

function bars(keys: string[], usage: Usage[], keyOf: (group: string) => string): Bar[] {
  const found = new Map<string, Bar>(keys.map(key => [key, { key, spent: 0, refunded: 0, count: 0 }]))
  for (const { group, spent, refunded, count } of usage) {
    const bar = found.get(keyOf(group))
    if (!bar) continue
    bar.spent += spent
    bar.refunded += refunded
    bar.count += count
  }
  return [...found.values()]
}

function daysBefore(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() - days)
  return date.toISOString().slice(0, 10)
}
