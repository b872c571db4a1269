import { emailDeliveryWorkflowId, webhookDeliveryWorkflowId } from '../../workflows/contract/ids.ts'
import { dueSignal } from '../../workflows/contract/messages.ts'
import type { App } from '../http/app.ts'
import { withTemporalDeadline } from './deadline.ts'

/** Sends the pending events of an endpoint now, and acknowledges its attention. */
export async function sendNow(app: App, product: string, endpoint: string): Promise<void> {
  await withTemporalDeadline(app, () =>
    app.temporal.workflow.signalWithStart('webhookDelivery', {
      workflowId: webhookDeliveryWorkflowId(product, endpoint),
      taskQueue: app.taskQueue,
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      args: [{ product, endpoint }],
      signal: dueSignal,
      signalArgs: [true],
      staticSummary: `Webhooks of ${product}`,
    }),
  )
}

/** Sends the queued emails of a product now, and acknowledges its attention. */
export async function acknowledgeEmails(app: App, product: string): Promise<void> {
  await withTemporalDeadline(app, () =>
    app.temporal.workflow.signalWithStart('emailDelivery', {
      workflowId: emailDeliveryWorkflowId(product, app.taskQueue),
      taskQueue: app.taskQueue,
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      args: [{ product }],
      signal: dueSignal,
      signalArgs: [true],
      staticSummary: `Emails of ${product}`,
    }),
  )
}
