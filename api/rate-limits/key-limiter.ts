import type { Logger } from 'pino'
import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible'
import type { Db } from '../../db/core/command.ts'
import { Refused } from '../../domain/shared/refusals.ts'
import { minuteLimiter } from './minute-limiter.ts'

/** A process asks the database at most this often per key and window, and takes a share of the limit with it. */
const SHARES = 60
/** While counting is not possible nobody is refused for it; it is tried again after this. */
const UNCOUNTED_MS = 1_000

/** Counts the requests of each key in PostgreSQL, so that its limit holds over all processes. */
export type KeyRateLimiter = {
  /** @throws Refused too_many_requests {limit, retry_after in seconds} */
  count(key: string): Promise<void>
}

/** What a process may still let through before it asks again, and until when. */
type Lease = { left: number; until: number; spent: boolean }

/**
 * At most `limit` requests a minute per key. A process takes permits from the database in shares, so that a request costs
 * it nothing most of the time; what a process took and did not need is lost until the minute is over.
 */
export function keyRateLimiter(
  db: Db,
  limit: number,
  logger: Logger,
  now: () => number = Date.now,
): KeyRateLimiter {
  const share = Math.ceil(limit / SHARES)
  const limiter = minuteLimiter(db, { what: 'key', limit })
  const leases = new Map<string, Lease>()
  const asking = new Map<string, Promise<Lease>>()

  const lease = (key: string): Promise<Lease> => {
    const asked =
      asking.get(key) ??
      take(limiter, key, { limit, share, logger, now })
        .then(taken => {
          if (leases.size > 10_000) forgetOver(leases, now())
          leases.set(key, taken)
          return taken
        })
        .finally(() => asking.delete(key))
    asking.set(key, asked)
    return asked
  }
  return {
    async count(key) {
      for (;;) {
        const held = leases.get(key)
        if (held && held.until > now()) {
          if (held.left > 0) {
            held.left -= 1
            return
          }
          if (held.spent) throw tooMany(limit, held.until - now())
        }
        await lease(key)
      }
    },
  }
}

type Terms = { limit: number; share: number; logger: Logger; now: () => number }

/** Takes a share from the database, or the rest of the limit where that is less. */
async function take(
  limiter: RateLimiterAbstract,
  key: string,
  { limit, share, logger, now }: Terms,
): Promise<Lease> {
  try {
    const consumed = await limiter.consume(key, share)
    return { left: share, until: now() + consumed.msBeforeNext, spent: false }
  } catch (error) {
    if (error instanceof RateLimiterRes) {
      const left = Math.max(0, share - (error.consumedPoints - limit))
      return { left, until: now() + error.msBeforeNext, spent: true }
    }
    logger.warn({ err: error, key }, 'requests cannot be counted')
    return { left: share, until: now() + UNCOUNTED_MS, spent: false }
  }
}

function forgetOver(leases: Map<string, Lease>, now: number): void {
  for (const [key, { until }] of leases) if (until <= now) leases.delete(key)
}

function tooMany(limit: number, waitMs: number): Refused {
  const retry_after = Math.max(1, Math.ceil(waitMs / 1000))
  return new Refused({
    code: 'too_many_requests',
    detail: `${limit} requests a minute are allowed for this key. Try again in ${retry_after} seconds.`,
    limit,
    retry_after,
  })
}
