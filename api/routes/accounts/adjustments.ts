import { z } from 'zod'
import { ADJUSTMENT } from '../../../db/audits/restore.ts'
import { grant, revoke } from '../../../db/ledger/lots/grant.ts'
import { lotTerms, sourceOf } from '../../../domain/lots/lot-terms.ts'
import { amountUpOrDown } from '../../../domain/shared/amount.ts'
import { previewRoute } from '../../http/preview.ts'
import { loadAccountNow, route } from '../../http/route.ts'
import { reason } from '../../http/shapes.ts'
import { recordActivity } from './activity.ts'

const adjustmentShape = z.object({ account: z.string(), source: z.string(), amount: z.int() })

export const adjustmentRoute = route('post /v1/accounts/{account}/adjustments', {
  operationId: 'adjustBalance',
  scope: 'support',
  summary: 'Adjust a balance by hand',
  body: z.strictObject({
    source: z.string().max(100),
    amount: amountUpOrDown.describe('Credits to add; negative to remove.'),
    reason,
  }),
  idempotency: 'ledger',
  refuses: ['insufficient_credits'],
  responses: { 201: adjustmentShape },
  async handler({ app, caller, policy, params, body, idempotencyKey = '' }) {
    const { account, at } = await loadAccountNow(app, caller, params.account)
    const { account_key, time_zone } = account
    const { source, amount, reason: given } = body
    sourceOf(policy, source)
    const ref = { account_key, operation_key: ADJUSTMENT + idempotencyKey, at }
    const by = { reason: given, api_key: caller.key_name }
    const origin = { type: 'adjustment', id: idempotencyKey }
    const adjust = () =>
      amount < 0
        ? revoke(app.db, ref, { source, amount: -amount, ...by })
        : grant(app.db, ref, { ...lotTerms(policy, source, { at, time_zone }), amount, origin, ...by })
    await recordActivity(app, caller, ref, {
      action: 'adjustment',
      reason: given,
      detail: { source, amount },
    })
    const { totals, replayed } = await adjust()
    return { status: 201, body: { account: account.account, source, amount }, account: ref, totals, replayed }
  },
})

export const adjustmentPreview = previewRoute(adjustmentRoute, 'previewAdjustment', adjustmentShape)
