import { RateLimiterPostgres } from 'rate-limiter-flexible'
import type { Db } from '../../db/core/command.ts'
import { Refused } from '../../domain/shared/refusals.ts'

export const WINDOW_SECONDS = 60

type Limit = {
  scope: 'account' | 'key' | 'code'
  limit: number
  table?: string
  seconds?: number
  /** refuses from memory once the limit is reached, without asking the database */
  blockInMemory?: boolean
}

/** Counts requests in PostgreSQL, shared by all processes; per minute unless `seconds` says otherwise. */
export function sharedLimiter(db: Db, { scope, limit, table, seconds, blockInMemory }: Limit): RateLimiterPostgres {
  return new RateLimiterPostgres({
    storeClient: db,
    storeType: 'pool',
    tableName: table ?? 'requests',
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: scope,
    points: limit,
    duration: seconds ?? WINDOW_SECONDS,
    ...(blockInMemory ? { inMemoryBlockOnConsumed: limit + 1 } : {}),
  })
}

/** Whole seconds until the next try. */
export function secondsOf(waitMs: number): number {
  return Math.max(1, Math.ceil(waitMs / 1000))
}

/** @param what the limit that is exceeded, as a sentence */
export function tooMany(what: string, retry_after: number, fields: { limit?: number } = {}): Refused {
  return new Refused({
    code: 'too_many_requests',
    detail: `${what} Try again in ${retry_after} seconds.`,
    ...fields,
    retry_after,
  })
}
