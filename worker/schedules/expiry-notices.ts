import { Client, type Connection } from '@temporalio/client'
import type { AppConfig } from '../../platform/config.ts'
import { expiryNoticesWorkflowId } from '../../workflows/contract/ids.ts'

/** Starts the workflow that emits notices of credits that expire soon, unless it is running. */
export async function ensureExpiryNotices(
  connection: Connection,
  { temporalNamespace: namespace, temporalTaskQueue: taskQueue }: AppConfig,
): Promise<void> {
  await new Client({ connection, namespace }).workflow.start('expiryNotices', {
    workflowId: expiryNoticesWorkflowId(taskQueue),
    taskQueue,
    workflowIdConflictPolicy: 'USE_EXISTING',
    staticSummary: 'Credits that expire soon',
  })
}
