import { z } from 'zod'
import { entitlementsOf } from '../../credits/entitlements.ts'
import { loadStanding, setSpecialLimits } from '../../ledger/standing.ts'
import { readTotals } from '../../ledger/totals.ts'
import { policyOf } from '../../policy-files.ts'
import { route } from '../route.ts'
import { accountParams, credits } from '../shapes.ts'

const limit = (what: string) =>
  z.int().min(0).nullable().optional().describe(`${what}; null: as the policy says.`)

const limitsShape = z.object({
  account: z.string(),
  daily_limit: credits.nullable(),
  concurrency: z.int().nullable(),
  special: z.object({ daily_limit: credits.optional(), concurrency: z.int().optional() }),
})

export const limitRoutes = [
  route({
    method: 'put',
    path: '/v1/accounts/{account}/limits',
    scope: 'support',
    summary: 'Limits of one account that go before those of its plans',
    params: accountParams,
    body: z.strictObject({
      daily_limit: limit('Credits a day'),
      concurrency: limit('Generations under way at once'),
    }),
    answers: { 200: limitsShape },
    async handler({ app, caller, params, body }) {
      const { account, at, standing } = await loadStanding(
        app.book,
        caller.product,
        params.account,
        app.now(),
      )
      const special = await setSpecialLimits(app.book, account.account_key, body)
      const policy = policyOf(app.policies, caller.product)
      const { daily_credits, concurrency } = entitlementsOf(policy, { ...standing, special })
      return {
        body: { account: account.account, daily_limit: daily_credits, concurrency, special },
        totals: await readTotals(app.book, account.account_key, at),
      }
    },
  }),
]
