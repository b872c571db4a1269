import { Client, type Connection } from '@temporalio/client'
import type { AppConfig } from '../../platform/config.ts'
import { stripeEventsWorkflowId } from '../../workflows/contract/ids.ts'

/**
 * Starts the workflow that polls Stripe for events that webhooks missed, unless it is running. It ignores events before its
 * first start. Without a key Stripe cannot be polled.
 */
export async function ensureStripePolling(
  connection: Connection,
  { stripe, temporalNamespace: namespace, temporalTaskQueue: taskQueue }: AppConfig,
): Promise<void> {
  if (!stripe.secretKey) return
  await new Client({ connection, namespace }).workflow.start('stripeEvents', {
    workflowId: stripeEventsWorkflowId(taskQueue),
    taskQueue,
    workflowIdConflictPolicy: 'USE_EXISTING',
    args: [{ since: new Date().toISOString() }],
    staticSummary: 'Stripe events that webhooks missed',
  })
}
