import { z } from 'zod'
import { type AccountContext, loadAccountContext } from '../../../db/accounts/account-context.ts'
import type { Db } from '../../../db/core/command.ts'
import { drawShape, priceLineShape } from '../../../db/generations/generations.ts'
import { type Quote, quote } from '../../../db/ledger/holds/reserve.ts'
import { priceOf } from '../../../domain/generations/pricing.ts'
import {
  betterRefusal,
  canPayWithCredits,
  type GenerationRequest,
  generationRequest,
  type Plan,
  planReservation,
} from '../../../domain/generations/reservation.ts'
import { withWaysOn } from '../../../domain/generations/ways-on.ts'
import type { Policy } from '../../../domain/policy/policy.ts'
import { type Refusal, type RefusalCode, Refused } from '../../../domain/shared/refusals.ts'
import { route } from '../../http/route.ts'
import { credits, named } from '../../http/shapes.ts'

const quoteShape = named('Quote', {
  cost: credits.nullable(),
  unit_cost: credits.nullable(),
  free_trial: z.boolean(),
  allowed: z.boolean(),
  refusal: z.looseObject({ code: z.string() }).nullable(),
  draws: z.array(drawShape),
  price_lines: z.array(priceLineShape),
})

export const quoteRoute = route('post /v1/accounts/{account}/quotes', {
  operationId: 'quoteGeneration',
  scope: 'generate',
  summary: 'Quote a generation without holding credits',
  body: generationRequest,
  refuses: ['unknown_operation'],
  responses: { 200: quoteShape },
  async handler({ app, caller, policy, params, body, request }) {
    const found = await loadAccountContext(app.db, caller.product, params.account, app.now())
    await app.accountRateLimiter.count(policy, found, request)
    try {
      const { plan, refusal, draws, totals } = await quoteFor(app.db, policy, found, body)
      const { cost, unit_cost, free_trial, lines: price_lines } = plan
      return { body: { cost, unit_cost, free_trial, allowed: refusal === null, refusal, draws, price_lines }, totals }
    } catch (error) {
      const refusal = partOfQuote(error)
      const isPriced = refusal.code !== 'price_out_of_range'
      const { cost, unit_cost, lines } = isPriced ? priceOf(policy, body) : { cost: null, unit_cost: null, lines: [] }
      const quoted = { cost, unit_cost, free_trial: false, draws: [], price_lines: lines, allowed: false, refusal }
      return { body: quoted, account: { ...found.account, at: found.at } }
    }
  },
})

/** The cost of a reservation. As there, credits pay once free trials or fair use are exhausted. */
async function quoteFor(
  db: Db,
  policy: Policy,
  { account, at, entitlementContext }: AccountContext,
  request: GenerationRequest,
): Promise<Quote & { plan: Plan }> {
  const plan = planReservation(policy, request, entitlementContext)
  const quoted = await quote(db, account, at, plan)
  const explain = (refusal: Refusal | null) =>
    refusal && withWaysOn(policy, account.account, entitlementContext, refusal)
  if (!quoted.refusal || !canPayWithCredits(quoted.refusal))
    return { ...quoted, refusal: explain(quoted.refusal), plan }
  const paid = planReservation(policy, request, entitlementContext, { paid: true })
  const withCredits = await quote(db, account, at, paid)
  const refusal = withCredits.refusal && betterRefusal(quoted.refusal, withCredits.refusal)
  return { ...withCredits, refusal: explain(refusal), plan: paid }
}

const PARTS_OF_QUOTE: RefusalCode[] = ['price_out_of_range', 'membership_required', 'plan_required']

/** Refusals by the price and the plan are part of the quote; others are errors. */
function partOfQuote(error: unknown): Refusal {
  if (error instanceof Refused && PARTS_OF_QUOTE.includes(error.refusal.code)) return error.refusal
  throw error
}
