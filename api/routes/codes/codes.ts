import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { findCode, redeemCode } from '../../../db/codes/codes.ts'
import { hashOfCode, readCode } from '../../../domain/codes/codes.ts'
import { NO_TERMS, redeemedLot } from '../../../domain/codes/redemption.ts'
import type { Policy } from '../../../domain/policy/policy.ts'
import { Refused } from '../../../domain/shared/refusals.ts'
import { policyOf } from '../../../platform/policy-store.ts'
import { loadAccountNow } from '../../http/account-context.ts'
import type { App } from '../../http/app.ts'
import { route } from '../../http/route.ts'
import { codeState, lotShape } from '../../http/shapes.ts'
import type { Attempter } from '../../rate-limits/code-attempts.ts'

const codeBody = z.strictObject({
  code: z.string().max(1000).describe('Case, spaces, hyphens and look-alike characters are ignored.'),
})

export const codeRoutes = [
  route('post /v1/accounts/{account}/redemptions', {
    scope: 'generate',
    summary: 'Redeem a code',
    body: codeBody,
    idempotency: 'handler',
    responses: { 201: lotShape },
    async handler({ app, caller, params, body, request, idempotencyKey = randomUUID() }) {
      const { account, at } = await loadAccountNow(app, caller, params.account)
      const { account_key, time_zone } = account
      const policy = policyOf(app.policies, caller.product)
      const attempter = {
        product: caller.product,
        account: account_key,
        key: caller.key_name,
        address: request.ip,
      }
      await app.codeAttemptLimiter.check(policy.codes.wrong_attempts, attempter)
      const hash = hashOf(body.code)
      const known = await findCode(app.db, caller.product, hash)
      // An unknown code takes the same path, so that response times reveal nothing.
      const lot = redeemedLot(policy, known?.terms ?? NO_TERMS, known?.purchase ?? '', at, time_zone)
      const ref = { account_key, operation_key: `redeem/${idempotencyKey}`, at }
      const {
        lot: credited,
        totals,
        replayed,
      } = await redeemCode(app.db, ref, {
        product: caller.product,
        hash,
        lot: { ...lot, api_key: caller.key_name },
      }).catch(error => refuse(app, policy, attempter, error))
      return { status: 201, body: credited, account: ref, totals, replayed }
    },
  }),

  route('post /v1/codes/check', {
    scope: 'generate',
    summary: 'Get the status of a code',
    body: codeBody,
    idempotency: 'handler',
    responses: { 200: z.object({ status: codeState }) },
    async handler({ app, caller, body, request }) {
      const policy = policyOf(app.policies, caller.product)
      const attempter = { product: caller.product, key: caller.key_name, address: request.ip }
      await app.codeAttemptLimiter.check(policy.codes.wrong_attempts, attempter)
      const known = await findCode(app.db, caller.product, hashOf(body.code))
      if (known && (known.state === 'valid' || !policy.codes.hide_state)) return { body: { status: known.state } }
      await app.codeAttemptLimiter.count(policy.codes.wrong_attempts, attempter, known ? 0 : 1)
      throw new Refused({ code: 'code_invalid' })
    },
  }),
]

/** A malformed code gets a hash that no code has. */
function hashOf(entry: string): string {
  return hashOfCode(readCode(entry) ?? `not a code: ${entry}`)
}

async function refuse(app: App, { codes }: Policy, attempter: Attempter, error: unknown): Promise<never> {
  const code = error instanceof Refused ? error.refusal.code : ''
  if (!code.startsWith('code_')) throw error
  await app.codeAttemptLimiter.count(codes.wrong_attempts, attempter, code === 'code_invalid' ? 1 : 0)
  throw codes.hide_state ? new Refused({ code: 'code_invalid' }) : error
}
