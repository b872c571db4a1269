import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { loadAccountContext, setLimitOverrides } from '../../../db/accounts/account-context.ts'
import { listMemberships } from '../../../db/memberships/memberships.ts'
import { entitlementsOf } from '../../../domain/policy/entitlements.ts'
import { settableAmount } from '../../../domain/shared/amount.ts'
import { invalidRequest } from '../../../domain/shared/refusals.ts'
import type { App } from '../../http/app.ts'
import { route } from '../../http/route.ts'
import { credits, instant, named, reason } from '../../http/shapes.ts'
import { sendMembershipUpdate } from '../../temporal/memberships.ts'
import { recordActivity } from './activity.ts'

const limit = (unit: string) => settableAmount.nullable().optional().describe(`${unit}; null: the policy's limit.`)

const arrangement = z.strictObject({
  kind: z.enum(['education', 'charity', 'student', 'teacher', 'community', 'other']),
  monthly: settableAmount.optional().describe("Credits a month instead of the plan's, from the next grant."),
  discount_percent: z
    .int()
    .min(0)
    .max(100)
    .optional()
    .describe('Discount on packs; the largest of all discounts applies.'),
  until: instant
    .transform(time => time.toISOString())
    .optional()
    .describe('Without end if omitted.'),
})

const limitsShape = named('Limits', {
  account: z.string(),
  daily_limit: credits.nullable(),
  concurrency: z.int().nullable(),
  limit_overrides: z.object({
    daily_limit: credits.optional(),
    concurrency: z.int().optional(),
    arrangement: z.looseObject({ kind: z.string() }).optional(),
  }),
})

export const limitRoute = route('put /v1/accounts/{account}/limits', {
  operationId: 'setLimits',
  scope: 'support',
  summary: "Override the policy's limits and terms for an account",
  body: z.strictObject({
    daily_limit: limit('Credits per day'),
    concurrency: limit('Concurrent generations'),
    arrangement: arrangement.nullable().optional().describe('null ends the arrangement.'),
    reason: reason.optional(),
  }),
  responses: { 200: limitsShape },
  async handler({ app, caller, policy, params, body }) {
    const found = await loadAccountContext(app.db, caller.product, params.account, app.now())
    const { account, at, entitlementContext } = found
    const { account_key } = account
    const { reason: given, ...changes } = body
    const operation_key = `limits/${randomUUID()}`
    await recordActivity(
      app,
      caller,
      { account_key, at, operation_key },
      { action: 'limits', reason: given ?? body.arrangement?.kind, detail: changes },
    )
    if (changes.arrangement !== undefined)
      await arrangeMonths(app, caller.product, account_key, operation_key, changes.arrangement)
    const limit_overrides = await setLimitOverrides(app.db, account_key, changes, operation_key)
    const { daily_credits, concurrency } = entitlementsOf(policy, {
      ...entitlementContext,
      limit_overrides,
    })
    const answer = { account: account.account, daily_limit: daily_credits, concurrency, limit_overrides }
    return { body: answer, account: { account_key, at } }
  },
})

/** Sets the monthly credits on the oldest running membership. @throws Refused invalid_request if there is none */
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
  if (!oldest && monthly !== null) throw invalidRequest('arrangement.monthly', 'needs a running membership')
  if (oldest)
    await sendMembershipUpdate(
      app,
      product,
      oldest.membership,
      { kind: 'arrange', monthly, ...(until && { until }) },
      key,
    )
}
