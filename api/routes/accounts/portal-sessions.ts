import { z } from 'zod'
import { createLink } from '../../../db/accounts/portal-sessions.ts'
import { Refused } from '../../../domain/shared/refusals.ts'
import { loadAccountNow, route } from '../../http/route.ts'
import { time } from '../../http/shapes.ts'

export const portalSessionRoute = route('post /v1/accounts/{account}/portal-sessions', {
  operationId: 'createPortalSession',
  scope: 'manage',
  summary: "Create a one-time link to the customer's Plan & Credits page",
  body: z.strictObject({}),
  // The secret must not be stored, so each request creates a new link.
  idempotency: 'handler',
  responses: { 201: z.object({ url: z.url(), expires_at: time }) },
  async handler({ app, caller, params }) {
    const { account, at } = await loadAccountNow(app, caller, params.account)
    if (account.closed_at) throw new Refused({ code: 'account_closed' })
    const { secret, expires_at } = await createLink(app.db, account.account_key, app.now())
    const body = { url: `${app.publicUrl}/portal?session=${secret}`, expires_at }
    return { status: 201, body, account: { ...account, at } }
  },
})
