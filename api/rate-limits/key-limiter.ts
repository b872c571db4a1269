import type { Logger } from 'pino'
import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible'
import type { Db } from '../../db/core/command.ts'
import { secondsOf, sharedLimiter, tooMany } from './limiter.ts'

/** A process reserves requests from the limit in shares, at most this many per key and minute. */
const SHARES = 60
/** If counting fails, requests are allowed for this long before the next try. */
const RETRY_COUNTING_MS = 1_000

export type KeyRateLimiter = ReturnType<typeof keyRateLimiter>

/** Requests that this process may still allow until a time. `exhausted`: the database has none left. */
type Lease = { left: number; until: number; exhausted: boolean }

/**
 * Allows `limit` requests a minute per API key across all processes. Each process reserves shares of the limit, so that most requests need no query;
 * the unused rest of a share is lost until the minute ends.
 */
export function keyRateLimiter(db: Db, limit: number, logger: Logger, now: () => number = Date.now) {
  const share = Math.ceil(limit / SHARES)
  const limiter = sharedLimiter(db, { scope: 'key', limit })
  const leases = new Map<string, Lease>()
  const pending = new Map<string, Promise<Lease>>()

  const lease = (key: string): Promise<Lease> => {
    const request =
      pending.get(key) ??
      reserve(limiter, key, { limit, share, logger, now })
        .then(taken => {
          if (leases.size > 10_000) deleteExpired(leases, now())
          leases.set(key, taken)
          return taken
        })
        .finally(() => pending.delete(key))
    pending.set(key, request)
    return request
  }
  return {
    /** @throws Refused too_many_requests {limit, retry_after in seconds} */
    async count(key: string): Promise<void> {
      for (;;) {
        const held = leases.get(key)
        if (held && held.until > now()) {
          if (held.left > 0) {
            held.left -= 1
            return
          }
          if (held.exhausted)
            throw tooMany(`The key's limit is ${limit} requests a minute.`, secondsOf(held.until - now()), { limit })
        }
        await lease(key)
      }
    },
  }
}

type Terms = { limit: number; share: number; logger: Logger; now: () => number }

/** Reserves a share from the database, or the rest of the limit if that is less. */
async function reserve(
  limiter: RateLimiterAbstract,
  key: string,
  { limit, share, logger, now }: Terms,
): Promise<Lease> {
  try {
    const consumed = await limiter.consume(key, share)
    return { left: share, until: now() + consumed.msBeforeNext, exhausted: false }
  } catch (error) {
    if (error instanceof RateLimiterRes) {
      const left = Math.max(0, share - (error.consumedPoints - limit))
      return { left, until: now() + error.msBeforeNext, exhausted: true }
    }
    logger.warn({ err: error, key }, 'key limiter: counting failed; allowing requests')
    return { left: share, until: now() + RETRY_COUNTING_MS, exhausted: false }
  }
}

function deleteExpired(leases: Map<string, Lease>, now: number): void {
  for (const [key, { until }] of leases) if (until <= now) leases.delete(key)
}
