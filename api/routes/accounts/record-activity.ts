import { timeOf } from '../../../db/accounts/accounts.ts'
import { insertActivity } from '../../../db/accounts/activity.ts'
import type { Caller } from '../../../db/accounts/api-keys.ts'
import { purchaseEventKey } from '../../../db/purchases/purchases.ts'
import type { App } from '../../http/app.ts'
import { loadPurchase } from '../../temporal/purchases.ts'

type Activity = { action: string; reason?: string | undefined; detail?: object }

/** Records an action of support in the activity log of the account, before it runs. */
export function recordActivity(
  app: App,
  caller: Caller,
  ref: { account_key: string; at: Date; operation_key: string },
  { action, reason = undefined, detail = {} }: Activity,
): Promise<void> {
  const { key_id, key_name: actor } = caller
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
