import { TypedSearchAttributes } from '@temporalio/common'
import { loadAccount } from '../../db/accounts/accounts.ts'
import { countValidCodes } from '../../db/accounts/close.ts'
import { closureWorkflowId } from '../../workflows/contract/ids.ts'
import { searchAttributes } from '../../workflows/contract/messages.ts'
import type { App } from '../http/app.ts'
import { withTemporalDeadline } from './deadline.ts'

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
  await withTemporalDeadline(app, async () => {
    const handle = await app.temporal.workflow.start('closure', {
      workflowId: closureWorkflowId(product, account_key),
      taskQueue: app.taskQueue,
      workflowIdConflictPolicy: 'USE_EXISTING',
      args: [{ product, account_key }],
      staticSummary: 'Close an account',
      typedSearchAttributes: new TypedSearchAttributes([{ key: searchAttributes.product, value: product }]),
    })
    await handle.result()
  })
  const { closed_at } = await loadAccount(app.db, product, name)
  return { closed_at: closed_at ?? app.now(), valid_codes: await countValidCodes(app.db, account_key) }
}
