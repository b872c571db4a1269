import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { correctRecipient } from '../../../db/purchases/contacts.ts'
import { type Route, route } from '../../http/route.ts'
import { purchaseShape, reason } from '../../http/shapes.ts'
import { loadPurchase, purchaseResponse, sendPurchaseUpdate } from '../../temporal/purchases.ts'
import { recordPurchaseActivity } from '../accounts/record-activity.ts'

export const purchaseCodeRoutes: Route[] = [
  codeRoute('resend', 'Resend the email with a code'),
  codeRoute('replace', 'Replace a code and send the new one; the old one is invalid at once'),
]

function codeRoute(action: 'resend' | 'replace', summary: string): Route {
  return route(`post /v1/purchases/{id}/code/${action}`, {
    scope: 'support',
    summary,
    body: z.strictObject({
      email: z.email().max(254).optional().describe('Corrects the address of the purchase.'),
      reason: reason.optional(),
    }),
    responses: { 200: purchaseShape },
    async handler({ app, caller, params, body, idempotencyKey = randomUUID() }) {
      const { product } = caller
      const { account_key } = await loadPurchase(app, product, params.id)
      const activity = {
        action: `code_${action}`,
        reason: body.reason,
        detail: { address_corrected: Boolean(body.email) },
      }
      await recordPurchaseActivity(app, caller, params.id, idempotencyKey, activity)
      if (body.email) await correctRecipient(app.db, account_key, params.id, body.email)
      await sendPurchaseUpdate(app, product, params.id, { kind: `${action}_code` }, idempotencyKey)
      return purchaseResponse(app, product, params.id)
    },
  })
}
