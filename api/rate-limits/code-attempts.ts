import { createHash } from 'node:crypto'
import { RateLimiterRes } from 'rate-limiter-flexible'
import { codeAttemptsTable, deleteExpiredAttempts } from '../../db/codes/codes.ts'
import type { Db } from '../../db/core/command.ts'
import type { Policy } from '../../domain/policy/policy.ts'
import { secondsOf, sharedLimiter, tooMany } from './limiter.ts'

type Limits = Policy['codes']['wrong_attempts']

/** The origin of an attempt: API key, and account and IP address where known. */
export type Attempter = { product: string; account?: string; key: string; address: string | undefined }

export type CodeAttemptLimiter = ReturnType<typeof codeAttemptLimiter>

/** Limits attempts with wrong codes across all processes. */
export function codeAttemptLimiter(db: Db) {
  return {
    /** Refuses any code after too many wrong ones. @throws Refused too_many_requests {retry_after in seconds} */
    async check(limits: Limits, attempter: Attempter): Promise<void> {
      const counted = await Promise.all(
        limitersOf(db, limits, attempter).map(async ({ limiter, key }) => {
          const found = await limiter.get(key)
          return found && found.consumedPoints >= limiter.points ? found.msBeforeNext : 0
        }),
      )
      const wait = Math.max(...counted)
      if (wait > 0) throw tooManyWrong(wait)
    },
    /**
     * Counts a failed attempt. A used code counts 0, and takes as long as a wrong one.
     * @throws Refused too_many_requests if that exceeds the limit
     */
    async count(limits: Limits, attempter: Attempter, wrong: 0 | 1): Promise<void> {
      await deleteExpiredAttempts(db, new Date())
      const consumed = limitersOf(db, limits, attempter).map(({ limiter, key }) => limiter.consume(key, wrong))
      const refused = (await Promise.allSettled(consumed)).filter(result => result.status === 'rejected')
      for (const { reason } of refused) if (!(reason instanceof RateLimiterRes)) throw reason
      if (refused.length > 0) throw tooManyWrong(Math.max(...refused.map(({ reason }) => reason.msBeforeNext)))
    },
  }
}

function limitersOf(db: Db, limits: Limits, { product, account, key, address }: Attempter) {
  const counted: [name: string, points: number][] = [
    [`key/${product}/${key}`, limits.per_key],
    ...(account === undefined ? [] : [[`account/${account}`, limits.per_account] as [string, number]]),
    ...(address === undefined ? [] : [[`address/${product}/${address}`, limits.per_address] as [string, number]]),
  ]
  return counted.map(([name, points]) => ({
    limiter: sharedLimiter(db, {
      scope: 'code',
      limit: points,
      table: codeAttemptsTable,
      seconds: limits.within_minutes * 60,
    }),
    // IP addresses are personal data, so only a hash is stored.
    key: createHash('sha256').update(name).digest('base64url'),
  }))
}

const tooManyWrong = (waitMs: number) => tooMany('Too many wrong codes.', secondsOf(waitMs))
