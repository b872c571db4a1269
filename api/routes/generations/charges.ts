import { loadAccountContext } from '../../../db/accounts/account-context.ts'
import { reserveWithFallback } from '../../../db/ledger/holds/reserve-with-fallback.ts'
import { charge } from '../../../db/ledger/holds/settle.ts'
import { deadlineOf, reservationRequest } from '../../../domain/generations/reservation.ts'
import { policyOf } from '../../../platform/policy-store.ts'
import { deriveId } from '../../http/derive-id.ts'
import { route } from '../../http/route.ts'
import { generationShape } from '../../http/shapes.ts'

export const chargeRoutes = [
  route('post /v1/accounts/{account}/charges', {
    scope: 'generate',
    summary: 'Charge credits for completed work',
    body: reservationRequest.omit({ timeout_seconds: true }),
    idempotency: 'ledger',
    responses: { 201: generationShape },
    async handler({ app, caller, params, body, request, idempotencyKey = '' }) {
      const found = await loadAccountContext(app.db, caller.product, params.account, app.now())
      const policy = policyOf(app.policies, caller.product)
      await app.accountRateLimiter.count(policy, found, request)
      const { account_key } = found.account
      const ref = { account_key, at: found.at }
      const { generation, totals, replayed } = await reserveWithFallback(app.db, policy, found, body, plan =>
        charge(app.db, ref, {
          ...plan,
          product: caller.product,
          generation: deriveId('chg', account_key, idempotencyKey),
          operation: body.operation,
          deadline: deadlineOf(policy, body, found.at),
          request: body,
          api_key: caller.key_name,
        }),
      )
      return { status: 201, body: generation, account: ref, totals, replayed }
    },
  }),
]
