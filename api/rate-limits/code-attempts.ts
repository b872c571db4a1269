import { createHash } from 'node:crypto'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { codeAttemptsTable, deleteExpiredAttempts } from '../../db/codes/code-attempts.ts'
import type { Db } from '../../db/core/command.ts'
import type { Policy } from '../../domain/policy/policy.ts'
import { Refused } from '../../domain/shared/refusals.ts'

type Limits = Policy['codes']['wrong_guesses']

/** Who tries a code: the account it is for, the key, and the address of the caller, as far as they are known. */
export type Attempter = { product: string; account?: string; key: string; address: string | undefined }

/** Counts wrong codes in PostgreSQL, so that it makes no difference which process is asked. */
export type CodeAttemptLimiter = {
  /** @throws Refused too_many_requests {retry_after, in seconds} for whoever has guessed too often, right or wrong */
  check(limits: Limits, who: Attempter): Promise<void>
  /**
   * Counts a code that gave nothing. One that was right but used counts as none, and takes as long.
   * @throws Refused too_many_requests when that was one too many
   */
  count(limits: Limits, who: Attempter, wrong: 0 | 1): Promise<void>
}

export function codeAttemptLimiter(db: Db): CodeAttemptLimiter {
  return {
    async check(limits, who) {
      const counted = await Promise.all(
        limitersOf(db, limits, who).map(async ({ limiter, key }) => {
          const found = await limiter.get(key)
          return found && found.consumedPoints >= limiter.points ? found.msBeforeNext : 0
        }),
      )
      const wait = Math.max(...counted)
      if (wait > 0) throw tooMany(wait)
    },
    async count(limits, who, wrong) {
      await deleteExpiredAttempts(db, new Date())
      const consumed = limitersOf(db, limits, who).map(({ limiter, key }) => limiter.consume(key, wrong))
      const refused = (await Promise.allSettled(consumed)).filter(result => result.status === 'rejected')
      for (const { reason } of refused) if (!(reason instanceof RateLimiterRes)) throw reason
      if (refused.length > 0) throw tooMany(Math.max(...refused.map(({ reason }) => reason.msBeforeNext)))
    },
  }
}

function limitersOf(db: Db, limits: Limits, { product, account, key, address }: Attempter) {
  const counted: [what: string, points: number][] = [
    [`key/${product}/${key}`, limits.per_key],
    ...(account === undefined ? [] : [[`account/${account}`, limits.per_account] as [string, number]]),
    ...(address === undefined
      ? []
      : [[`address/${product}/${address}`, limits.per_address] as [string, number]]),
  ]
  return counted.map(([what, points]) => ({
    limiter: new RateLimiterPostgres({
      storeClient: db,
      storeType: 'pool',
      tableName: codeAttemptsTable,
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix: 'code',
      points,
      duration: limits.within_minutes * 60,
    }),
    // An address says who somebody is, so it is not kept as it stands.
    key: createHash('sha256').update(what).digest('base64url'),
  }))
}

function tooMany(waitMs: number): Refused {
  const retry_after = Math.max(1, Math.ceil(waitMs / 1000))
  return new Refused({
    code: 'too_many_requests',
    detail: `Too many wrong codes were tried. Try again in ${retry_after} seconds.`,
    retry_after,
  })
}
