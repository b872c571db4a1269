import { type Account, loadAccount, timeOf } from '../../db/accounts/accounts.ts'
import type { Caller } from '../../db/accounts/api-keys.ts'
import type { App } from './app.ts'

/** An account of the caller's product, and its current time. @throws Refused not_found */
export async function loadAccountNow(app: App, caller: Caller, name: string): Promise<{ account: Account; at: Date }> {
  const account = await loadAccount(app.db, caller.product, name)
  return { account, at: timeOf(account, app.now()) }
}
