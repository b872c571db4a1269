import type { Usage } from './answers.ts'

/** One bar: a day (2026-11-21) or a month (2026-11) with what was spent in it. */
export type Bar = { key: string; spent: number; refunded: number; count: number }

const DAYS = 30
const MONTHS = 12

/** The last 30 days, empty ones too. @param today a calendar day, 2026-11-21 */
export function dayBars(usage: Usage[], today: string): Bar[] {
  const keys = Array.from({ length: DAYS }, (_, back) => daysBefore(today, DAYS - 1 - back))
  return bars(keys, usage, group => group)
}

/** The last 12 months, the running one last. */
export function monthBars(usage: Usage[], today: string): Bar[] {
  const [year = 0, month = 0] = today.split('-').map(Number)
  const keys = Array.from({ length: MONTHS }, (_, back) =>
    new Date(Date.UTC(year, month - MONTHS + back, 1)).toISOString().slice(0, 7),
  )
  return bars(keys, usage, group => group.slice(0, 7))
}

/** The calendar day of an instant in a time zone. */
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
