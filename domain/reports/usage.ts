/** Credits of one source that moved in a month, or before the first month of the report. */
export type Movement = {
  /** 2026-11, or null for all months before the report */
  month: string | null
  source: string
  granted: number
  spent: number
  /** released after they had been reserved */
  refunded: number
  /** breakage: what customers had and did not use */
  expired: number
  /** taken back: refunds, disputes, corrections */
  revoked: number
}

/** A month of a source; `outstanding` is what customers could still spend at its end, reserved credits included. */
export type UsageRow = Movement & { month: string; outstanding: number }

const NONE = { granted: 0, spent: 0, refunded: 0, expired: 0, revoked: 0 }

/** The months of a report, oldest first. @param from and to such as 2026-01, both included */
export function monthsBetween(from: string, to: string): string[] {
  const months: string[] = []
  for (let month = from; month <= to; month = monthAfter(month)) months.push(month)
  return months
}

export function monthAfter(month: string): string {
  const number = Number(month.slice(0, 4)) * 12 + Number(month.slice(5))
  return `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`
}

/**
 * The rows of a report by month, then source. A source without movements in a month has a row too, as long as it has outstanding
 * credits.
 */
export function usageRows(movements: readonly Movement[], months: readonly string[]): UsageRow[] {
  const sources = [...new Set(movements.map(({ source }) => source))].sort()
  const outstanding = new Map(sources.map(source => [source, 0]))
  const of = (month: string | null, source: string) =>
    movements.find(each => each.month === month && each.source === source)
  const left = (source: string, moved: Omit<Movement, 'month' | 'source'>) => {
    const now = (outstanding.get(source) ?? 0) + moved.granted - moved.spent - moved.expired - moved.revoked
    outstanding.set(source, now)
    return now
  }
  for (const source of sources) left(source, of(null, source) ?? NONE)
  return months.flatMap(month =>
    sources.flatMap(source => {
      const moved = of(month, source)
      const row = { ...NONE, ...moved, month, source, outstanding: left(source, moved ?? NONE) }
      return moved || row.outstanding > 0 ? [row] : []
    }),
  )
}
