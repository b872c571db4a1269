import { z } from 'zod'
import type { Policy } from '../../credits/policy.ts'
import { type Refusal, Refused } from '../../credits/refusals.ts'
import {
  type GenerationRequest,
  generationRequest,
  type Plan,
  planReservation,
} from '../../credits/reservation.ts'
import { quote } from '../../ledger/quote.ts'
import { readTotals } from '../../ledger/totals.ts'
import { policyOf } from '../../policy-files.ts'
import { accountAndTime } from '../present.ts'
import { route } from '../route.ts'
import { accountParams, credits, drawShape } from '../shapes.ts'

const quoteShape = z.object({
  cost: credits.nullable(),
  unit_cost: credits.nullable(),
  free_trial: z.boolean(),
  allowed: z.boolean(),
  refusal: z.looseObject({ code: z.string() }).nullable(),
  draws: z.array(drawShape),
})

export const quoteRoutes = [
  route({
    method: 'post',
    path: '/v1/accounts/{account}/quotes',
    scope: 'generate',
    summary: 'What a generation would cost, and whether it would be allowed; holds nothing',
    params: accountParams,
    body: generationRequest,
    answers: { 200: quoteShape },
    async handler({ app, caller, params, body }) {
      const { account, at } = await accountAndTime(app, caller, params.account)
      const plan = planOrRefusal(policyOf(app.policies, caller.product), body)
      if ('code' in plan) {
        const none = { cost: null, unit_cost: null, free_trial: false, draws: [] }
        const totals = await readTotals(app.book, account.account_key, at)
        return { body: { ...none, allowed: false, refusal: plan }, totals }
      }
      const { refusal, draws, totals } = await quote(app.book, account, at, plan)
      const { cost, unit_cost } = plan
      return {
        body: { cost, unit_cost, free_trial: false, allowed: refusal === null, refusal, draws },
        totals,
      }
    },
  }),
]

/** A price out of range is part of the quote; a request that makes no sense is refused. */
function planOrRefusal(policy: Policy, request: GenerationRequest): Plan | Refusal {
  try {
    return planReservation(policy, request)
  } catch (error) {
    if (error instanceof Refused && error.refusal.code === 'price_out_of_range') return error.refusal
    throw error
  }
}
