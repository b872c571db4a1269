import { RateLimiterPostgres } from 'rate-limiter-flexible'
import type { Db } from '../../db/core/command.ts'

export const WINDOW_SECONDS = 60

type Counted = {
  what: 'account' | 'key'
  limit: number
  /** refuses who has used the limit up without another look at the database */
  fromMemory?: boolean
}

/** Counts requests a minute in PostgreSQL, so that it makes no difference which process is asked. */
export function minuteLimiter(db: Db, { what, limit, fromMemory }: Counted): RateLimiterPostgres {
  return new RateLimiterPostgres({
    storeClient: db,
    storeType: 'pool',
    tableName: 'requests',
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: what,
    points: limit,
    duration: WINDOW_SECONDS,
    ...(fromMemory ? { inMemoryBlockOnConsumed: limit + 1 } : {}),
  })
}
