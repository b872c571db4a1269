import { loadAccount } from '../../db/accounts/accounts.ts'
import { countValidCodes, requestClosure } from '../../db/accounts/close.ts'
import { closureStart } from '../../workflows/contract/starts.ts'
import type { App } from '../http/app.ts'
import { withTemporalDeadline } from './deadline.ts'
import { startOptions } from './update-with-start.ts'

/**
 * Closes an account, and cancels its subscriptions; repeating it changes nothing.
 * @throws Refused not_found
 */
export async function closeAccount(
  app: App,
  product: string,
  name: string,
): Promise<{ closed_at: Date; valid_codes: number }> {
  const account = await loadAccount(app.db, product, name)
  const { account_key } = account
  if (account.closed_at)
    return { closed_at: account.closed_at, valid_codes: await countValidCodes(app.db, account_key) }
  await requestClosure(app.db, account_key, app.now())
  await withTemporalDeadline(app, async () => {
    const handle = await app.temporal.workflow.start('closure', {
      ...startOptions(app, closureStart({ product, account_key })),
      workflowIdConflictPolicy: 'USE_EXISTING',
    })
    await handle.result()
  })
  const { closed_at } = await loadAccount(app.db, product, name)
  return { closed_at: closed_at ?? app.now(), valid_codes: await countValidCodes(app.db, account_key) }
}
