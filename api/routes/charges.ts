import { deadlineOf, reservationRequest } from '../../credits/reservation.ts'
import { holding } from '../../ledger/holding.ts'
import { charge } from '../../ledger/settle.ts'
import { loadStanding } from '../../ledger/standing.ts'
import { policyOf } from '../../policy-files.ts'
import { idFrom } from '../idempotency.ts'
import { totalsWith } from '../present.ts'
import { route } from '../route.ts'
import { accountParams, generationShape } from '../shapes.ts'

export const chargeRoutes = [
  route({
    method: 'post',
    path: '/v1/accounts/{account}/charges',
    scope: 'generate',
    summary: 'Spends credits at once, for work that is done already',
    params: accountParams,
    body: reservationRequest.omit({ timeout_seconds: true }),
    memory: 'book',
    answers: { 201: generationShape },
    async handler({ app, caller, params, body, request, idempotencyKey = '' }) {
      const found = await loadStanding(app.book, caller.product, params.account, app.now())
      const policy = policyOf(app.policies, caller.product)
      await app.rates.count(policy, found, request)
      const { account_key } = found.account
      const which = { account_key, at: found.at }
      const charged = await holding(app.book, policy, found, body, plan =>
        charge(app.book, which, {
          ...plan,
          product: caller.product,
          generation: idFrom('chg', account_key, idempotencyKey),
          operation: body.operation,
          deadline: deadlineOf(policy, body, found.at),
          request: body,
          api_key: caller.key_name,
        }),
      )
      const totals = await totalsWith(app, which, charged)
      return { status: 201, body: charged.generation, totals, replayed: charged.replayed ?? false }
    },
  }),
]
