import { z } from 'zod'
import { loadAccount, timeOf } from '../../../db/accounts/accounts.ts'
import { fingerprint } from '../../../db/core/command.ts'
import { findResult } from '../../../db/core/idempotency.ts'
import { deleteContacts, storeContacts } from '../../../db/purchases/contacts.ts'
import { listPurchases, type PurchaseClue, purchaseOpenKey } from '../../../db/purchases/purchases.ts'
import { hashOfEntry } from '../../../domain/codes/codes.ts'
import { providerFor } from '../../../domain/purchases/payment-methods.ts'
import { Refused } from '../../../domain/shared/refusals.ts'
import type { PurchaseMessage } from '../../../workflows/contract/messages.ts'
import { providerCodes } from '../../docs/error-codes.ts'
import { deriveId, loadAccountNow, type Route, route } from '../../http/route.ts'
import { accountName, listOf, page, purchaseShape, reason } from '../../http/shapes.ts'
import { openPurchase, purchaseBody, purchaseResponse, sendPurchaseUpdate } from '../../temporal/purchases.ts'
import { recordPurchaseActivity } from '../accounts/activity.ts'

const reference = z.string().trim().min(1).max(200)

export const purchaseRoutes: Route[] = [
  route('post /v1/accounts/{account}/purchases', {
    operationId: 'startPurchase',
    scope: 'manage',
    summary: 'Start a purchase',
    body: z.strictObject({
      pack: z.string().max(100),
      quantity: z.int().default(1),
      provider: z.enum(['stripe', 'gumroad', 'invoice', 'bank_transfer', 'manual']).optional(),
      payment_method: z.string().max(100).optional(),
      gift_to: z.email().max(254).optional(),
      buyer_email: z.email().max(254).optional(),
    }),
    idempotency: 'ledger',
    refuses: ['membership_required', 'quantity_not_offered', 'transfer_not_allowed', ...providerCodes],
    responses: { 201: purchaseShape },
    async handler({ app, caller, policy, params, body, idempotencyKey = '' }) {
      const { product } = caller
      const { account, at } = await loadAccountNow(app, caller, params.account)
      const id = deriveId('pur', account.account_key, idempotencyKey)
      const digest = fingerprint(body)
      const known = await findResult(app.db, account.account_key, purchaseOpenKey(id))
      if (known && known.fingerprint !== fingerprint(digest)) throw new Refused({ code: 'idempotency_key_reused' })
      if (known) return { status: 201, replayed: true, ...(await purchaseResponse(app, caller, id)) }
      if (body.gift_to !== undefined && policy.packs[body.pack]?.delivery !== 'code')
        throw new Refused({ code: 'transfer_not_allowed' })
      const { pack, quantity, payment_method } = body
      const provider = providerFor(policy, body, at.toISOString())
      const opening = { pack, quantity, provider, payment_method, fingerprint: digest }
      const { gift_to = null, buyer_email = null } = body
      // Stored first, because the code may be sent before this returns. Addresses must not be in the workflow's history.
      await storeContacts(app.db, account.account_key, id, { gift_to, buyer_email })
      try {
        await openPurchase(app, { product, account: account.account, id, opening })
      } catch (error) {
        if (error instanceof Refused && error.refusal.code !== 'temporarily_unavailable')
          await deleteContacts(app.db, account.account_key, id)
        throw error
      }
      return { status: 201, ...(await purchaseResponse(app, caller, id)) }
    },
  }),

  route('get /v1/purchases', {
    operationId: 'listPurchases',
    scope: 'read',
    summary: 'List purchases of an account or with an order number or payment reference, newest first',
    query: page.extend({ account: accountName.optional(), reference: reference.optional() }),
    responses: { 200: listOf(purchaseShape) },
    async handler({ app, caller, query }) {
      const account = query.account ? await loadAccount(app.db, caller.product, query.account) : undefined
      const found = await listPurchases(
        app.db,
        caller.product,
        {
          account_key: account?.account_key,
          clue: query.reference ? { by: 'reference', value: query.reference } : undefined,
        },
        query,
      )
      const data = await Promise.all(found.data.map(purchase => purchaseBody(app, caller, purchase)))
      const body = { data, next_cursor: found.next_cursor }
      return { body, ...(account && { account: { ...account, at: timeOf(account, app.now()) } }) }
    },
  }),

  route('post /v1/purchases/search', {
    operationId: 'searchPurchases',
    scope: 'support',
    summary: 'Find purchases by order number, payment reference, e-mail address or code',
    idempotency: 'handler',
    query: page,
    // In the body, so that addresses and codes stay out of URLs and logs.
    body: z
      .strictObject({
        reference: reference.optional(),
        email: z.email().max(254).optional(),
        code: z.string().max(1000).optional(),
      })
      .refine(clues => Object.values(clues).filter(Boolean).length === 1, 'must have one of reference, email and code'),
    responses: { 200: listOf(purchaseShape) },
    async handler({ app, caller, query, body }) {
      const found = await listPurchases(app.db, caller.product, { clue: clueOf(body) }, query)
      const data = await Promise.all(found.data.map(purchase => purchaseBody(app, caller, purchase)))
      return { body: { data, next_cursor: found.next_cursor } }
    },
  }),

  route('get /v1/purchases/{id}', {
    operationId: 'getPurchase',
    scope: 'read',
    summary: 'Get a purchase with its timeline',
    responses: { 200: purchaseShape },
    handler: ({ app, caller, params }) => purchaseResponse(app, caller, params.id),
  }),

  messageRoute('payment', {
    operationId: 'recordPayment',
    scope: 'manage',
    summary: 'Record a manual payment',
    body: z.strictObject({ reference }),
  }),
  messageRoute('missing', {
    operationId: 'reportMissingCredits',
    scope: 'manage',
    summary: 'Report missing credits',
    body: z.strictObject({}),
  }),
  messageRoute('reissue', {
    operationId: 'reissuePurchase',
    scope: 'support',
    summary: 'Reissue missing credits, exactly once',
    body: z.strictObject({ reason: reason.optional() }),
  }),
  messageRoute(
    'acknowledged',
    {
      operationId: 'acknowledgePurchase',
      scope: 'support',
      summary: 'Mark what a purchase needs from a person as done, such as a refund by bank transfer',
      body: z.strictObject({ reason }),
    },
    'acknowledge',
  ),
]

type MessageCall<B> = Pick<Route, 'operationId' | 'scope' | 'summary'> & {
  body: z.ZodType<B>
}

type Search = { reference?: string | undefined; email?: string | undefined; code?: string | undefined }

function clueOf({ reference, email, code }: Search): PurchaseClue {
  if (reference) return { by: 'reference', value: reference }
  return email ? { by: 'email', value: email } : { by: 'code', value: hashOfEntry(code ?? '') }
}

function messageRoute<B extends object>(
  kind: PurchaseMessage['kind'],
  { scope, ...call }: MessageCall<B>,
  name: string = kind,
): Route {
  return route(`post /v1/purchases/{id}/${name}`, {
    ...call,
    scope,
    refuses: ['account_closed', ...providerCodes],
    requiresKey: kind !== 'missing',
    responses: { 200: purchaseShape },
    async handler({ app, caller, params, body, idempotencyKey = crypto.randomUUID() }) {
      const { reason: given, ...rest } = body as { reason?: string }
      const message = { kind, ...rest } as PurchaseMessage
      if (scope === 'support')
        await recordPurchaseActivity(app, caller, params.id, idempotencyKey, { action: kind, reason: given })
      await sendPurchaseUpdate(app, caller.product, params.id, message, idempotencyKey)
      return purchaseResponse(app, caller, params.id)
    },
  })
}
