import { type Account, loadAccount, timeOf } from '../ledger/accounts.ts'
import type { App } from './app.ts'
import type { Caller } from './auth.ts'

/** An account of the caller's product and its present time. @throws Refused not_found */
export async function accountAndTime(
  app: App,
  caller: Caller,
  name: string,
): Promise<{ account: Account; at: Date }> {
  const account = await loadAccount(app.book, caller.product, name)
  return { account, at: timeOf(account, app.now()) }
}
