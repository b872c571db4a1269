import { TypedSearchAttributes } from '@temporalio/common'
import { loadAccount } from '../../db/accounts/accounts.ts'
import { listMemberships } from '../../db/memberships/memberships.ts'
import { invalidRequest } from '../../domain/shared/refusals.ts'
import { closureWorkflowId } from '../../workflows/contract/ids.ts'
import { searchAttributes } from '../../workflows/contract/messages.ts'
import type { App } from '../http/app.ts'
import { withTemporalDeadline } from './deadline.ts'

/**
 * Closes an account; repeating it changes nothing.
 * @throws Refused not_found; invalid_request while a payment provider still bills a membership
 */
export async function closeAccount(app: App, product: string, name: string): Promise<Date> {
  const account = await loadAccount(app.db, product, name)
  if (account.closed_at) return account.closed_at
  const { account_key } = account
  const charged = (await listMemberships(app.db, account_key)).find(
    ({ provider, status }) =>
      provider !== 'manual' && status.state !== 'ended' && status.state !== 'lapsed' && !status.cancel_at_period_end,
  )
  if (charged)
    throw invalidRequest(
      'account',
      `is still billed by ${charged.provider} for ${charged.membership}: cancel that subscription first`,
    )
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
  return (await loadAccount(app.db, product, name)).closed_at ?? app.now()
}
