import { Client, type Connection } from '@temporalio/client'
import { TypedSearchAttributes } from '@temporalio/common'
import type { AppConfig } from '../../platform/config.ts'
import type { Policies } from '../../platform/policy-store.ts'
import { gumroadSalesWorkflowId } from '../../workflows/contract/ids.ts'
import { searchAttributes } from '../../workflows/contract/messages.ts'

/**
 * Starts the workflow that polls Gumroad, unless it is running, for each product that is sold there. It ignores sales
 * before its first start. Without a token Gumroad cannot be polled.
 */
export async function ensureGumroadPolling(
  connection: Connection,
  { gumroad, temporalNamespace: namespace, temporalTaskQueue: taskQueue }: AppConfig,
  policies: Policies,
): Promise<void> {
  if (!gumroad.token) return
  const client = new Client({ connection, namespace })
  for (const { product, purchases, packs } of policies.values()) {
    const isSold = Object.values(packs).some(pack => pack.gumroad)
    if (!isSold || !purchases.providers.includes('gumroad')) continue
    await client.workflow.start('gumroadSales', {
      workflowId: gumroadSalesWorkflowId(product, taskQueue),
      taskQueue,
      workflowIdConflictPolicy: 'USE_EXISTING',
      args: [{ product, since: new Date().toISOString() }],
      staticSummary: `Sales of ${product} at Gumroad`,
      typedSearchAttributes: new TypedSearchAttributes([{ key: searchAttributes.product, value: product }]),
    })
  }
}
