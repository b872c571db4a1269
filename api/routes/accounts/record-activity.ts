import { timeOf } from '../../../db/accounts/accounts.ts'
import { insertActivity } from '../../../db/accounts/activity.ts'
import type { Caller } from '../../../db/accounts/api-keys.ts'
import { purchaseEventKey } from '../../../db/purchases/purchases.ts'
import type { App } from '../../http/app.ts'
import { loadPurchase } from '../../temporal/purchases.ts'

/** Writes into an account's trail that the caller asks for an act, before it is done. */
export function recordActivity(
  app: App,
  caller: Caller,
  which: { account_key: string; at: Date; operation_key: string },
  act: { what: string; why?: string | undefined; detail?: object },
): Promise<void> {
  return insertActivity(app.db, which, {
    operation_key: which.operation_key,
    key_id: caller.key_id,
    who: caller.key_name,
    what: act.what,
    why: act.why ?? null,
    detail: act.detail ?? {},
  })
}

/** The same for an event of a purchase. @throws Refused not_found */
export async function recordPurchaseActivity(
  app: App,
  caller: Caller,
  id: string,
  event_id: string,
  act: { what: string; why?: string | undefined; detail?: object },
): Promise<void> {
  const found = await loadPurchase(app, caller.product, id)
  const operation_key = purchaseEventKey(id, event_id)
  const which = { account_key: found.account_key, at: timeOf(found, app.now()), operation_key }
  await recordActivity(app, caller, which, { ...act, detail: { purchase: id, ...act.detail } })
}
