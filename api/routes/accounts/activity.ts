import { timeOf } from '../../../db/accounts/accounts.ts'
import { activityShape, insertActivity, listActivity } from '../../../db/accounts/activity.ts'
import { actorOf, type Caller } from '../../../db/accounts/api-keys.ts'
import { purchaseEventKey } from '../../../db/purchases/purchases.ts'
import type { App } from '../../http/app.ts'
import { loadAccountNow, route } from '../../http/route.ts'
import { listOf, numberedPage } from '../../http/shapes.ts'
import { loadPurchase } from '../../temporal/purchases.ts'

export const activityRoute = route('get /v1/accounts/{account}/activity', {
  operationId: 'listActivity',
  scope: 'support',
  summary: 'List what support did, newest first',
  query: numberedPage,
  responses: { 200: listOf(activityShape) },
  async handler({ app, caller, params, query }) {
    const { account, at } = await loadAccountNow(app, caller, params.account)
    return { body: await listActivity(app.db, account.account_key, query), account: { ...account, at } }
  },
})

type Activity = { action: string; reason?: string | undefined; detail?: object }

/** Records an action of support in the activity log of the account, before it runs. */
export function recordActivity(
  app: App,
  caller: Caller,
  ref: { account_key: string; at: Date; operation_key: string },
  { action, reason = undefined, detail = {} }: Activity,
): Promise<void> {
  const { key_id } = caller
  const actor = actorOf(caller)
  const { operation_key } = ref
  return insertActivity(app.db, ref, { operation_key, key_id, actor, action, reason: reason ?? null, detail })
}

/** Records an action on a purchase. @throws Refused not_found */
export async function recordPurchaseActivity(
  app: App,
  caller: Caller,
  id: string,
  event_id: string,
  activity: Activity,
): Promise<void> {
  const found = await loadPurchase(app, caller.product, id)
  const operation_key = purchaseEventKey(id, event_id)
  const ref = { account_key: found.account_key, at: timeOf(found, app.now()), operation_key }
  await recordActivity(app, caller, ref, { ...activity, detail: { purchase: id, ...activity.detail } })
}
