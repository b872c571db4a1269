import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Caller } from '../../../db/accounts/api-keys.ts'
import { deleteAttention, listAttention } from '../../../db/attention/list.ts'
import type { AttentionItem } from '../../../domain/attention/kinds.ts'
import { hasWayOut } from '../../../domain/attention/ways-out.ts'
import type { Policy } from '../../../domain/policy/policy.ts'
import { invalidRequest, notFound } from '../../../domain/shared/refusals.ts'
import { providerCodes } from '../../docs/error-codes.ts'
import type { App } from '../../http/app.ts'
import { loadAccountNow, type Route, route } from '../../http/route.ts'
import { reason } from '../../http/shapes.ts'
import { acknowledgeMembership, checkMembership } from '../../temporal/memberships.ts'
import { checkPurchase, sendPurchaseUpdate } from '../../temporal/purchases.ts'
import { acknowledgeEmails, sendNow } from '../../temporal/webhooks.ts'
import { recordActivity } from '../accounts/activity.ts'

const resolvedShape = z.object({ id: z.string(), open: z.boolean() })

type Steps = Partial<Record<string, (app: App, item: AttentionItem, eventId: string) => Promise<void>>>

/** How each kind of subject learns that a person has dealt with it elsewhere. */
const ACKNOWLEDGE: Steps = {
  purchase: (app, { product, subject }, eventId) =>
    sendPurchaseUpdate(app, product, subject.id, { kind: 'acknowledged' }, eventId),
  membership: (app, item, eventId) => acknowledgeMembership(app, membershipOf(item), eventId),
  webhook_endpoint: (app, { product, subject }) => sendNow(app, product, subject.id),
  emails: (app, { product }) => acknowledgeEmails(app, product),
}

const RETRY: Steps = {
  purchase: (app, { product, subject }) => checkPurchase(app, product, subject.id),
  membership: (app, item) => checkMembership(app, membershipOf(item)),
}

function membershipOf({ product, account, subject }: AttentionItem) {
  return { product, account: account ?? '', id: subject.id }
}

export const attentionWayRoutes: Route[] = [
  wayOutRoute('acknowledge', {
    operationId: 'acknowledgeAttention',
    summary: 'Mark something that needs a person as dealt with elsewhere',
    body: z.strictObject({ reason }),
    steps: ACKNOWLEDGE,
  }),
  wayOutRoute('retry', {
    operationId: 'retryAttention',
    summary: 'Ask the payment provider again, and do what is due',
    body: z.strictObject({ reason: reason.optional() }),
    steps: RETRY,
  }),
]

type WayOutRoute = Pick<Route, 'operationId' | 'summary'> & {
  body: z.ZodType<{ reason?: string | undefined }>
  steps: Steps
}

function wayOutRoute(name: 'acknowledge' | 'retry', { steps, body: shape, ...call }: WayOutRoute): Route {
  return route(`post /v1/attention/{id}/${name}`, {
    ...call,
    scope: 'support',
    body: shape,
    refuses: ['account_closed', ...providerCodes],
    responses: { 200: resolvedShape },
    async handler({ app, caller, policy, params: { id }, body, idempotencyKey = randomUUID() }) {
      const item = await findItem(app, policy, id)
      if (!item) throw notFound('item that needs a person')
      if (!hasWayOut(item, name)) throw invalidRequest('id', `has other ways out than ${name}; its actions name them`)
      await logActivity(app, caller, item, idempotencyKey, { name, reason: body.reason })
      const step = steps[item.subject.type]
      await (step ? step(app, item, idempotencyKey) : deleteAttention(app.db, caller.product, id))
      return { body: { id, open: (await findItem(app, policy, id)) !== undefined } }
    },
  })
}

async function findItem({ db }: App, { product, attention }: Policy, id: string): Promise<AttentionItem | undefined> {
  return (await listAttention(db, { [product]: attention }, { id }, { limit: 1 })).data[0]
}

async function logActivity(
  app: App,
  caller: Caller,
  { account: name, kind, subject }: AttentionItem,
  key: string,
  { name: action, reason }: { name: string; reason: string | undefined },
): Promise<void> {
  if (name === null) return
  const { account, at } = await loadAccountNow(app, caller, name)
  const ref = { account_key: account.account_key, at, operation_key: `attention/${key}` }
  await recordActivity(app, caller, ref, { action, reason, detail: { kind, [subject.type]: subject.id } })
}
