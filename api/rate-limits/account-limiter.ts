import type { Request } from 'express'
import { type RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import type { AccountContext } from '../../db/accounts/account-context.ts'
import type { Db } from '../../db/core/command.ts'
import { entitlementsOf } from '../../domain/policy/entitlements.ts'
import type { Policy } from '../../domain/policy/policy.ts'
import { secondsOf, sharedLimiter, tooMany, WINDOW_SECONDS } from './limiter.ts'

export type AccountRateLimiter = ReturnType<typeof accountRateLimiter>

/** Limits the requests of an account across all processes. */
export function accountRateLimiter(db: Db) {
  const limiters = new Map<number, RateLimiterPostgres>()
  const limiterOf = (limit: number) => {
    const limiter = limiters.get(limit) ?? sharedLimiter(db, { scope: 'account', limit, blockInMemory: true })
    limiters.set(limit, limiter)
    return limiter
  }
  return {
    /**
     * Counts a request against the plan's limit per minute and sets the RateLimit headers (KV-10). Does nothing if the policy
     * sets no limit.
     * @throws Refused too_many_requests {limit, retry_after in seconds}
     */
    async count(policy: Policy, { account, entitlementContext }: AccountContext, { res }: Request): Promise<void> {
      const limit = entitlementsOf(policy, entitlementContext).requests_per_minute
      if (limit === null) return
      const { remaining, seconds, allowed } = await consume(limiterOf(limit), account.account_key)
      res?.set({
        'RateLimit-Policy': `"account";q=${limit};w=${WINDOW_SECONDS}`,
        RateLimit: `"account";r=${remaining};t=${seconds}`,
      })
      if (!allowed) throw tooMany(`The account's limit is ${limit} requests a minute.`, seconds, { limit })
    },
  }
}

async function consume(limiter: RateLimiterPostgres, key: string) {
  const toUsage = (allowed: boolean) => (result: RateLimiterRes) => ({
    allowed,
    remaining: result.remainingPoints,
    seconds: secondsOf(result.msBeforeNext),
  })
  return limiter.consume(key).then(toUsage(true), error => {
    if (error instanceof RateLimiterRes) return toUsage(false)(error)
    throw error
  })
}
