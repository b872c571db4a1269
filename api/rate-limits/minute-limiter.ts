import { RateLimiterPostgres } from 'rate-limiter-flexible'
import type { Db } from '../../db/core/command.ts'

export const WINDOW_SECONDS = 60

type Limit = {
  scope: 'account' | 'key'
  limit: number
  /** refuses from memory once the limit is reached, without asking the database */
  blockInMemory?: boolean
}

/** Counts requests per minute in PostgreSQL, shared by all processes. */
export function minuteLimiter(db: Db, { scope, limit, blockInMemory }: Limit): RateLimiterPostgres {
  return new RateLimiterPostgres({
    storeClient: db,
    storeType: 'pool',
    tableName: 'requests',
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: scope,
    points: limit,
    duration: WINDOW_SECONDS,
    ...(blockInMemory ? { inMemoryBlockOnConsumed: limit + 1 } : {}),
  })
}
