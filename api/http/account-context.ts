import { type Account, loadAccount, timeOf } from '../../db/accounts/accounts.ts'
import type { Caller } from '../../db/accounts/api-keys.ts'
import type { Replayable, Totals } from '../../db/core/command.ts'
import { readTotals } from '../../db/ledger/totals.ts'
import type { App } from './app.ts'

/** An account of the caller's product, and its current time. @throws Refused not_found */
export async function loadAccountNow(app: App, caller: Caller, name: string): Promise<{ account: Account; at: Date }> {
  const account = await loadAccount(app.db, caller.product, name)
  return { account, at: timeOf(account, app.now()) }
}

/** The balance after a command. A replayed command reads it anew, because its result is old (KV-04). */
export async function currentTotals(
  app: App,
  { account_key, at }: { account_key: string; at: Date },
  { totals, replayed }: { totals: Totals } & Replayable,
): Promise<Totals> {
  return replayed ? readTotals(app.db, account_key, at) : totals
}
