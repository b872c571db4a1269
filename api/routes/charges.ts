import { deadlineOf, planReservation, reservationRequest } from '../../credits/reservation.ts'
import { charge } from '../../ledger/settle.ts'
import { policyOf } from '../../policy-files.ts'
import { idFrom } from '../idempotency.ts'
import { accountAndTime } from '../present.ts'
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
    async handler({ app, caller, params, body, idempotencyKey = '' }) {
      const { account, at } = await accountAndTime(app, caller, params.account)
      const policy = policyOf(app.policies, caller.product)
      const { generation, totals, replayed } = await charge(
        app.book,
        { account_key: account.account_key, at },
        {
          ...planReservation(policy, body),
          product: caller.product,
          generation: idFrom('chg', account.account_key, idempotencyKey),
          operation: body.operation,
          deadline: deadlineOf(policy, body, at),
          request: body,
          api_key: caller.key_name,
        },
      )
      return { status: 201, body: generation, totals, replayed: replayed ?? false }
    },
  }),
]
