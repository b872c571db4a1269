import type { Request } from 'express'
import { type RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import type { AccountContext } from '../../db/accounts/account-context.ts'
import type { Db } from '../../db/core/command.ts'
import { entitlementsOf } from '../../domain/policy/entitlements.ts'
import type { Policy } from '../../domain/policy/policy.ts'
import { Refused } from '../../domain/shared/refusals.ts'
import { minuteLimiter, WINDOW_SECONDS } from './minute-limiter.ts'

/** Limits the requests of an account across all processes. */
export type AccountRateLimiter = {
  /**
   * Counts a request against the plan's limit per minute and sets the RateLimit headers (KV-10). Does nothing if the policy
   * sets no limit.
   * @throws Refused too_many_requests {limit, retry_after in seconds}
   */
  count(policy: Policy, found: AccountContext, request: Request): Promise<void>
}

export function accountRateLimiter(db: Db): AccountRateLimiter {
  const limiters = new Map<number, RateLimiterPostgres>()
  const limiterOf = (limit: number) => {
    const limiter = limiters.get(limit) ?? minuteLimiter(db, { scope: 'account', limit, blockInMemory: true })
    limiters.set(limit, limiter)
    return limiter
  }
  return {
    async count(policy, { account, entitlementContext }, { res }) {
      const limit = entitlementsOf(policy, entitlementContext).requests_per_minute
      if (limit === null) return
      const { remaining, seconds, allowed } = await consume(limiterOf(limit), account.account_key)
      res?.set({
        'RateLimit-Policy': `"account";q=${limit};w=${WINDOW_SECONDS}`,
        RateLimit: `"account";r=${remaining};t=${seconds}`,
      })
      if (allowed) return
      throw new Refused({
        code: 'too_many_requests',
        detail: `The account's limit is ${limit} requests a minute. Try again in ${seconds} seconds.`,
        limit,
        retry_after: seconds,
      })
    },
  }
}

async function consume(limiter: RateLimiterPostgres, key: string) {
  const toUsage = (allowed: boolean) => (result: RateLimiterRes) => ({
    allowed,
    remaining: result.remainingPoints,
    seconds: Math.max(1, Math.ceil(result.msBeforeNext / 1000)),
  })
  return limiter.consume(key).then(toUsage(true), error => {
    if (error instanceof RateLimiterRes) return toUsage(false)(error)
    throw error
  })
}
