import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { correctRecipient } from '../../../db/purchases/contacts.ts'
import { type Route, route } from '../../http/route.ts'
import { purchaseShape, resourceId } from '../../http/shapes.ts'
import { loadPurchase, purchaseResponse, sendPurchaseUpdate } from '../../temporal/purchases.ts'
import { recordPurchaseActivity } from '../accounts/record-activity.ts'

export const purchaseCodeRoutes: Route[] = [
  codeRoute('resend', 'Sends the letter with the code again'),
  codeRoute('replace', 'Sends a new code; the old one is dead from that moment'),
]

function codeRoute(what: 'resend' | 'replace', summary: string): Route {
  return route({
    method: 'post',
    path: `/v1/purchases/{id}/code/${what}`,
    scope: 'support',
    summary,
    params: z.object({ id: resourceId }),
    body: z.strictObject({
      email: z
        .email()
        .max(254)
        .optional()
        .describe('Where the code goes from now on, if the address of the purchase is wrong.'),
      reason: z.string().trim().min(1).max(500).optional().describe('Why; it stays in the trail.'),
    }),
    responses: { 200: purchaseShape },
    async handler({ app, caller, params, body, idempotencyKey = randomUUID() }) {
      const { product } = caller
      const { account_key } = await loadPurchase(app, product, params.id)
      const act = {
        action: `code_${what}`,
        reason: body.reason,
        detail: { address_corrected: Boolean(body.email) },
      }
      await recordPurchaseActivity(app, caller, params.id, idempotencyKey, act)
      if (body.email) await correctRecipient(app.db, account_key, params.id, body.email)
      await sendPurchaseUpdate(app, product, params.id, { kind: `${what}_code` }, idempotencyKey)
      return purchaseResponse(app, product, params.id)
    },
  })
}
