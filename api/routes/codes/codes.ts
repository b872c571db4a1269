import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { findCode, redeemCode } from '../../../db/codes/codes.ts'
import { lotShape } from '../../../db/ledger/lots/lots.ts'
import { correctRecipient } from '../../../db/purchases/contacts.ts'
import { hashesOfEntry } from '../../../domain/codes/codes.ts'
import { checkAddressIsNeeded } from '../../../domain/codes/purchase-codes.ts'
import { NO_TERMS, redeemedLot } from '../../../domain/codes/redemption.ts'
import type { Policy } from '../../../domain/policy/policy.ts'
import { Refused } from '../../../domain/shared/refusals.ts'
import type { App } from '../../http/app.ts'
import { loadAccountNow, type Route, route } from '../../http/route.ts'
import { codeState, purchaseShape, reason } from '../../http/shapes.ts'
import type { Attempter } from '../../rate-limits/code-attempts.ts'
import { loadPurchase, purchaseResponse, sendPurchaseUpdate } from '../../temporal/purchases.ts'
import { recordPurchaseActivity } from '../accounts/activity.ts'

const codeBody = z.strictObject({
  code: z.string().max(1000).describe('Case, spaces, hyphens and look-alike characters are ignored.'),
})

export const codeRoutes = [
  route('post /v1/accounts/{account}/redemptions', {
    operationId: 'redeemCode',
    scope: 'generate',
    summary: 'Redeem a code',
    body: codeBody,
    idempotency: 'handler',
    refuses: ['code_invalid', 'code_already_redeemed', 'code_replaced', 'code_refunded'],
    responses: { 201: lotShape },
    async handler({ app, caller, policy, params, body, request, idempotencyKey = randomUUID() }) {
      const { account, at } = await loadAccountNow(app, caller, params.account)
      const { account_key, time_zone } = account
      const attempter = {
        product: caller.product,
        account: account_key,
        key: caller.key_name,
        address: request.ip,
      }
      await app.codeAttemptLimiter.check(policy.codes.wrong_attempts, attempter)
      const hashes = hashesOfEntry(body.code)
      const known = await findCode(app.db, caller.product, hashes)
      // An unknown code takes the same path, so that response times reveal nothing.
      const lot = redeemedLot(policy, known?.terms ?? NO_TERMS, known?.purchase ?? '', at, time_zone)
      const ref = { account_key, operation_key: `redeem/${idempotencyKey}`, at }
      const {
        lot: credited,
        totals,
        replayed,
      } = await redeemCode(app.db, ref, {
        product: caller.product,
        hash: known?.hash ?? hashes[0],
        lot: { ...lot, api_key: caller.key_name },
      }).catch(error => refuse(app, policy, attempter, error))
      return { status: 201, body: credited, account: ref, totals, replayed }
    },
  }),

  route('post /v1/codes/check', {
    operationId: 'checkCode',
    scope: 'generate',
    summary: 'Get the status of a code',
    body: codeBody,
    idempotency: 'handler',
    refuses: ['code_invalid'],
    responses: { 200: z.object({ status: codeState }) },
    async handler({ app, caller, policy, body, request }) {
      const attempter = { product: caller.product, key: caller.key_name, address: request.ip }
      await app.codeAttemptLimiter.check(policy.codes.wrong_attempts, attempter)
      const known = await findCode(app.db, caller.product, hashesOfEntry(body.code))
      if (known && (known.state === 'valid' || !policy.codes.hide_state)) return { body: { status: known.state } }
      await app.codeAttemptLimiter.count(policy.codes.wrong_attempts, attempter, known ? 0 : 1)
      throw new Refused({ code: 'code_invalid' })
    },
  }),
]

async function refuse(app: App, { codes }: Policy, attempter: Attempter, error: unknown): Promise<never> {
  const code = error instanceof Refused ? error.refusal.code : ''
  if (!code.startsWith('code_')) throw error
  await app.codeAttemptLimiter.count(codes.wrong_attempts, attempter, code === 'code_invalid' ? 1 : 0)
  throw codes.hide_state ? new Refused({ code: 'code_invalid' }) : error
}

export const purchaseCodeRoutes: Route[] = [
  codeRoute('resend', 'Resend the email with a code'),
  codeRoute('replace', 'Replace a code and send the new one; the old one is invalid at once'),
  route('post /v1/purchases/{id}/code/address', {
    operationId: 'giveCodeAddress',
    scope: 'manage',
    summary: 'Give the missing address of a code, and send it',
    refuses: ['account_closed', 'code_already_redeemed', 'code_refunded'],
    body: z.strictObject({ email: z.email().max(254) }),
    responses: { 200: purchaseShape },
    async handler({ app, caller, params, body, idempotencyKey = randomUUID() }) {
      const { account_key, status } = await loadPurchase(app, caller.product, params.id)
      checkAddressIsNeeded(status)
      await correctRecipient(app.db, account_key, params.id, body.email)
      await sendPurchaseUpdate(app, caller.product, params.id, { kind: 'resend_code' }, idempotencyKey)
      return purchaseResponse(app, caller, params.id)
    },
  }),
]

function codeRoute(action: 'resend' | 'replace', summary: string): Route {
  return route(`post /v1/purchases/{id}/code/${action}`, {
    operationId: `${action}Code`,
    scope: 'support',
    summary,
    body: z.strictObject({
      email: z.email().max(254).optional().describe('Corrects the address of the purchase.'),
      reason: reason.optional(),
    }),
    refuses: ['account_closed', 'code_already_redeemed', 'code_refunded'],
    responses: { 200: purchaseShape },
    async handler({ app, caller, params, body, idempotencyKey = randomUUID() }) {
      const { product } = caller
      const { account_key } = await loadPurchase(app, product, params.id)
      const activity = {
        action: `code_${action}`,
        reason: body.reason,
        detail: { address_corrected: Boolean(body.email) },
      }
      await recordPurchaseActivity(app, caller, params.id, idempotencyKey, activity)
      if (body.email) await correctRecipient(app.db, account_key, params.id, body.email)
      await sendPurchaseUpdate(app, product, params.id, { kind: `${action}_code` }, idempotencyKey)
      return purchaseResponse(app, caller, params.id)
    },
  })
}
