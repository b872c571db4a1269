const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** As Standard Webhooks suggests: soon after a hiccup, then ever more rarely. */
const PAUSES_MS = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR]
const GIVE_UP_AFTER_MS = 72 * HOUR

/**
 * When a delivery is tried again that has failed; the last time when three days have passed since it began.
 * @param tries how often it was tried, the one that failed just now among them
 * @returns null when it was the last try
 */
export function nextAttemptAt(attempts: number, begun: Date, now: Date): Date | null {
  const last = begun.getTime() + GIVE_UP_AFTER_MS
  if (now.getTime() >= last) return null
  const pause = PAUSES_MS[Math.min(attempts, PAUSES_MS.length) - 1] ?? 0
  return new Date(Math.min(now.getTime() + pause, last))
}
