import { z } from 'zod'
import { invalidRequest } from '../../credits/refusals.ts'
import { spendKey } from '../../credits/spending-order.ts'
import { expiryOf, sourceOf } from '../../credits/validity.ts'
import { grant } from '../../ledger/grant.ts'
import { policyOf } from '../../policy-files.ts'
import { accountAndTime } from '../present.ts'
import { route } from '../route.ts'
import { accountParams, instant, lotShape } from '../shapes.ts'

export const grantRoutes = [
  route({
    method: 'post',
    path: '/v1/accounts/{account}/grants',
    scope: 'support',
    summary: 'Gives credits by hand',
    params: accountParams,
    body: z.strictObject({
      source: z.string().max(100),
      amount: z.int().min(1),
      reason: z.string().trim().min(1).max(500).describe('Why; it stays in the ledger. No personal data.'),
      expires_at: instant.optional().describe("The source's validity by the policy when left out."),
      campaign: z.string().min(1).max(200).optional(),
    }),
    memory: 'book',
    answers: { 201: lotShape },
    async handler({ app, caller, params, body, idempotencyKey = '' }) {
      const { account, at } = await accountAndTime(app, caller, params.account)
      const policy = policyOf(app.policies, caller.product)
      const { members_only, validity } = sourceOf(policy, body.source)
      if (body.expires_at && body.expires_at <= at)
        throw invalidRequest('expires_at', 'must lie in the future')
      const expires_at = expiryOf(policy, body.source, at, account.time_zone, body.expires_at)
      const { lot, totals, replayed } = await grant(
        app.book,
        { account_key: account.account_key, operation_key: `grant/${idempotencyKey}`, at },
        {
          source: body.source,
          amount: body.amount,
          reason: body.reason,
          expires_at,
          members_only,
          spend_key: spendKey(policy, body.source, expires_at),
          origin: { type: body.campaign ? 'campaign' : 'support', id: body.campaign ?? idempotencyKey },
          terms: { policy_version: policy.version, validity },
          stated_expiry: body.expires_at ?? null,
          api_key: caller.key_name,
        },
      )
      return { status: 201, body: lot, totals, replayed: replayed ?? false }
    },
  }),
]
