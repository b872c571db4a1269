import { z } from 'zod'
import { grant } from '../../../db/ledger/lots/grant.ts'
import { revoke } from '../../../db/ledger/lots/revoke.ts'
import { lotTerms } from '../../../domain/generations/lot-terms.ts'
import { sourceOf } from '../../../domain/generations/validity.ts'
import { amountUpOrDown } from '../../../domain/shared/amount.ts'
import { policyOf } from '../../../platform/policy-store.ts'
import { currentTotals, loadAccountNow } from '../../http/account-context.ts'
import { route } from '../../http/route.ts'
import { accountParams } from '../../http/shapes.ts'
import { recordActivity } from './record-activity.ts'

export const adjustmentRoutes = [
  route({
    method: 'post',
    path: '/v1/accounts/{account}/adjustments',
    scope: 'support',
    summary: 'Puts a balance right by hand, up or down',
    params: accountParams,
    body: z.strictObject({
      source: z.string().max(100),
      amount: amountUpOrDown.describe('Credits to add; below 0 to take away.'),
      reason: z.string().trim().min(1).max(500).describe('Why; it stays in the ledger. No personal data.'),
    }),
    idempotency: 'ledger',
    responses: { 201: z.object({ account: z.string(), source: z.string(), amount: z.int() }) },
    async handler({ app, caller, params, body, idempotencyKey = '' }) {
      const { account, at } = await loadAccountNow(app, caller, params.account)
      const { account_key, time_zone } = account
      const { source, amount, reason } = body
      const policy = policyOf(app.policies, caller.product)
      sourceOf(policy, source)
      const which = { account_key, operation_key: `adjustment/${idempotencyKey}`, at }
      const by = { reason, api_key: caller.key_name }
      const origin = { type: 'adjustment', id: idempotencyKey }
      const adjust = () =>
        amount < 0
          ? revoke(app.db, which, { source, amount: -amount, ...by })
          : grant(app.db, which, { ...lotTerms(policy, source, { at, time_zone }), amount, origin, ...by })
      await recordActivity(app, caller, which, {
        action: 'adjustment',
        reason,
        detail: { source, amount },
      })
      const adjusted = await adjust()
      return {
        status: 201,
        body: { account: account.account, source, amount },
        totals: await currentTotals(app, which, adjusted),
        replayed: adjusted.replayed ?? false,
      }
    },
  }),
]
