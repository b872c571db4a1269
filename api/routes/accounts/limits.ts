import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { loadAccountContext, setLimitOverrides } from '../../../db/accounts/account-context.ts'
import { readTotals } from '../../../db/ledger/totals.ts'
import { listMemberships } from '../../../db/memberships/memberships.ts'
import { entitlementsOf } from '../../../domain/policy/entitlements.ts'
import { settableAmount } from '../../../domain/shared/amount.ts'
import { invalidRequest } from '../../../domain/shared/refusals.ts'
import { policyOf } from '../../../platform/policy-store.ts'
import type { App } from '../../http/app.ts'
import { route } from '../../http/route.ts'
import { accountParams, credits, instant } from '../../http/shapes.ts'
import { sendMembershipUpdate } from '../../temporal/memberships.ts'
import { recordActivity } from './record-activity.ts'

const limit = (what: string) =>
  settableAmount.nullable().optional().describe(`${what}; null: as the policy says.`)

const arrangement = z.strictObject({
  kind: z.enum(['education', 'charity', 'student', 'teacher', 'community', 'other']),
  monthly: settableAmount
    .optional()
    .describe('Credits a month in place of those of the plan, from the next month on.'),
  discount_percent: z
    .int()
    .min(0)
    .max(100)
    .optional()
    .describe('Off the price of packs; of all discounts the largest counts.'),
  until: instant
    .transform(time => time.toISOString())
    .optional()
    .describe('It goes on when left out.'),
})

const limitsShape = z.object({
  account: z.string(),
  daily_limit: credits.nullable(),
  concurrency: z.int().nullable(),
  limit_overrides: z.object({
    daily_limit: credits.optional(),
    concurrency: z.int().optional(),
    arrangement: z.looseObject({ kind: z.string() }).optional(),
  }),
})

export const limitRoutes = [
  route({
    method: 'put',
    path: '/v1/accounts/{account}/limits',
    scope: 'support',
    summary: 'What goes for one account before the policy: its limits, and what was arranged with it',
    params: accountParams,
    body: z.strictObject({
      daily_limit: limit('Credits a day'),
      concurrency: limit('Generations under way at once'),
      arrangement: arrangement.nullable().optional().describe('null ends it.'),
      reason: z.string().trim().min(1).max(500).optional().describe('Why; it stays in the trail.'),
    }),
    responses: { 200: limitsShape },
    async handler({ app, caller, params, body }) {
      const found = await loadAccountContext(app.db, caller.product, params.account, app.now())
      const { account, at, entitlementContext } = found
      const { account_key } = account
      const { reason, ...changes } = body
      const operation_key = `limits/${randomUUID()}`
      await recordActivity(
        app,
        caller,
        { account_key, at, operation_key },
        { action: 'limits', reason: reason ?? body.arrangement?.kind, detail: changes },
      )
      if (changes.arrangement !== undefined)
        await arrangeMonths(app, caller.product, account_key, operation_key, changes.arrangement)
      const limit_overrides = await setLimitOverrides(app.db, account_key, changes, operation_key)
      const policy = policyOf(app.policies, caller.product)
      const { daily_credits, concurrency } = entitlementsOf(policy, {
        ...entitlementContext,
        limit_overrides,
      })
      return {
        body: {
          account: account.account,
          daily_limit: daily_credits,
          concurrency,
          limit_overrides: limit_overrides,
        },
        totals: await readTotals(app.db, account_key, at),
      }
    },
  }),
]

/** The oldest running membership gives what was arranged. @throws Refused invalid_request where there is none */
async function arrangeMonths(
  app: App,
  product: string,
  account_key: string,
  key: string,
  arranged: z.infer<typeof arrangement> | null,
): Promise<void> {
  const { monthly = null, until } = arranged ?? {}
  const running = (await listMemberships(app.db, account_key)).filter(
    ({ status }) => status.state !== 'ended' && (monthly !== null || status.arranged),
  )
  const [oldest] = running
  if (!oldest && monthly !== null)
    throw invalidRequest('arrangement.monthly', 'needs a membership, whose months it changes')
  if (oldest)
    await sendMembershipUpdate(
      app,
      product,
      oldest.membership,
      { kind: 'arrange', monthly, ...(until && { until }) },
      key,
    )
}
