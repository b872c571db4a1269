const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** The schedule of Standard Webhooks. */
const PAUSES_MS = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR]
const GIVE_UP_AFTER_MS = 72 * HOUR

/**
 * The time of the next attempt after a failed one. The last attempt is three days after the first.
 * @param attempts so far, including the failed one
 * @returns null after the last attempt
 */
export function nextAttemptAt(attempts: number, started: Date, now: Date): Date | null {
  const last = started.getTime() + GIVE_UP_AFTER_MS
  if (now.getTime() >= last) return null
  const pause = PAUSES_MS[Math.min(attempts, PAUSES_MS.length) - 1] ?? 0
  return new Date(Math.min(now.getTime() + pause, last))
}
