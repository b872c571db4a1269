import { Client, type Connection } from '@temporalio/client'
import type { AppConfig } from '../../platform/config.ts'
import { stripeEventsWorkflowId } from '../../workflows/contract/ids.ts'

/**
 * Begins the workflow that asks Stripe for the events that no webhook told of; one that runs goes on. What was before it
 * first began is none of ours. Without a key nobody can be asked.
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
    staticSummary: 'Events of Stripe that no webhook told of',
  })
}
