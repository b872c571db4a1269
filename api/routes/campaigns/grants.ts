import { z } from 'zod'
import { grant } from '../../../db/ledger/lots/grant.ts'
import { lotShape } from '../../../db/ledger/lots/lots.ts'
import { lotTerms } from '../../../domain/lots/lot-terms.ts'
import { amountAtOnce } from '../../../domain/shared/amount.ts'
import { invalidRequest } from '../../../domain/shared/refusals.ts'
import { previewRoute } from '../../http/preview.ts'
import { loadAccountNow, route } from '../../http/route.ts'
import { instant, reason } from '../../http/shapes.ts'
import { recordActivity } from '../accounts/activity.ts'

export const grantRoute = route('post /v1/accounts/{account}/grants', {
  operationId: 'grantCredits',
  scope: 'support',
  summary: 'Grant credits by hand',
  body: z.strictObject({
    source: z.string().max(100),
    amount: amountAtOnce,
    reason,
    expires_at: instant.optional().describe("The source's validity if omitted."),
    campaign: z.string().min(1).max(200).optional(),
  }),
  idempotency: 'ledger',
  responses: { 201: lotShape },
  async handler({ app, caller, policy, params, body, idempotencyKey = '' }) {
    const { account, at } = await loadAccountNow(app, caller, params.account)
    if (body.expires_at && body.expires_at <= at) throw invalidRequest('expires_at', 'must be in the future')
    const { account_key, time_zone } = account
    const lot = lotTerms(policy, body.source, { at, time_zone }, body.expires_at)
    const ref = { account_key, operation_key: `grant/${idempotencyKey}`, at }
    const { reason: given, ...detail } = body
    await recordActivity(app, caller, ref, { action: 'grant', reason: given, detail })
    const {
      lot: granted,
      totals,
      replayed,
    } = await grant(app.db, ref, {
      ...lot,
      amount: body.amount,
      reason: given,
      origin: { type: body.campaign ? 'campaign' : 'support', id: body.campaign ?? idempotencyKey },
      stated_expiry: body.expires_at ?? null,
      api_key: caller.key_name,
    })
    return { status: 201, body: granted, account: ref, totals, replayed }
  },
})

export const grantPreview = previewRoute(grantRoute, 'previewGrant', lotShape)
