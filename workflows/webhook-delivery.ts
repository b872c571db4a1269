import { allHandlersFinished, condition, continueAsNew, setHandler, workflowInfo } from '@temporalio/workflow'
import type { BatchReport, WebhookActivities } from '../activities/webhooks.ts'
import { failingEndpoint } from '../domain/webhooks/failing.ts'
import { dueSignal, searchAttributes, type WebhookDeliveryInput } from './contract/messages.ts'
import { BatchPauses } from './deliveries/batch-pauses.ts'
import { deliveryBatch } from './lib/activity-options.ts'
import { refuseCancellation } from './lib/cancellation.ts'
import { Inbox } from './lib/inbox.ts'
import { attentionParagraph, needsAttention, publishStatus } from './lib/status.ts'
import { steps } from './lib/steps.ts'

const { deliverDue } = steps<WebhookActivities, 'deliverDue'>(deliveryBatch, {
  deliverDue: 'Send the events that are due',
})

/** Keeps histories short however many messages there are. */
const BATCHES_PER_RUN = 100

/**
 * Sends the messages of one endpoint batch by batch, and retries failed ones for three days. The database has what is
 * pending. A run ends when nothing is pending and no attention is raised; the next event starts another one.
 */
export async function webhookDelivery(input: WebhookDeliveryInput): Promise<{ outcome: string }> {
  const workflow = new WebhookDeliveryWorkflow(input)
  setHandler(dueSignal, acknowledge => workflow.onDue(acknowledge ?? false))

  refuseCancellation('To stop the messages delete the endpoint.')

  for (let batch = 1; ; batch++) {
    const report = await workflow.deliverNextBatch()
    if (workflow.isOver(report)) break
    if (batch >= BATCHES_PER_RUN || workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished)
      await continueAsNew<typeof webhookDelivery>({ ...input, attention: workflow.attention })
    }
    await workflow.waitForWork(report)
  }
  await condition(allHandlersFinished)
  return { outcome: workflow.outcome }
}

class WebhookDeliveryWorkflow {
  attention: string | null
  outcome = 'delivered'
  private acknowledged = false
  private readonly input: WebhookDeliveryInput
  private readonly due = new Inbox()
  private readonly pauses = new BatchPauses()

  constructor(input: WebhookDeliveryInput) {
    this.input = input
    this.attention = input.attention ?? null
  }

  /** @param acknowledge sent by a person who has looked at the failure */
  onDue(acknowledge: boolean): void {
    this.due.add()
    if (!acknowledge) return
    this.attention = null
    this.acknowledged = true
  }

  async deliverNextBatch(): Promise<BatchReport> {
    const report = await this.due.process(() => deliverDue(this.batch()))
    if (report.failed > 0) this.attention = failingEndpoint(report)
    if (report.disabled === 'deleted') this.attention = null
    this.pauses.afterBatch(report)
    this.publish(report)
    return report
  }

  /** The next batch; the first one after an acknowledgement removes the attention from the list. */
  private batch(): Parameters<WebhookActivities['deliverDue']>[0] {
    const { product, endpoint } = this.input
    const { acknowledged } = this
    this.acknowledged = false
    return { product, endpoint, ...(acknowledged ? { acknowledged } : {}) }
  }

  isOver({ next_attempt_at, disabled }: BatchReport): boolean {
    this.outcome = disabled ?? 'delivered'
    return next_attempt_at === null && !this.due.hasNew() && this.attention === null
  }

  waitForWork({ next_attempt_at }: BatchReport): Promise<void> {
    return this.pauses.wait(this.due, next_attempt_at, 'Pause of a failing endpoint')
  }

  private publish({ disabled, pending, next_attempt_at, lastError }: BatchReport): void {
    const { product, endpoint } = this.input
    const fix = `Repair the receiver, then \`POST /v1/webhook-endpoints/${endpoint}/enable\` or redeliver. To acknowledge only send the signal \`due\` with \`true\`.`
    publishStatus(
      [
        `**${pending}** pending for \`${endpoint}\`${next_attempt_at ? `, the next attempt at ${next_attempt_at}` : ''}.`,
        lastError ? `Last failure: ${lastError}.` : '',
        disabled ? `The endpoint is **${disabled}**: nothing is sent.` : '',
        this.attention ? `${attentionParagraph(this.attention)} ${fix}` : 'There is nothing to do.',
      ],
      [{ key: searchAttributes.product, value: product }, needsAttention(this.attention)],
    )
  }
}
