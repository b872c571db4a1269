import { allHandlersFinished, condition, continueAsNew, setHandler, sleep, workflowInfo } from '@temporalio/workflow'
import type { BatchReport, WebhookActivities } from '../activities/webhooks.ts'
import { attention } from '../domain/shared/attention.ts'
import { dueSignal, searchAttributes, type WebhookDeliveryInput } from './contract/messages.ts'
import { deliveryBatch } from './lib/activity-options.ts'
import { refuseCancellation } from './lib/cancellation.ts'
import { waitUntil } from './lib/clock.ts'
import { Inbox } from './lib/inbox.ts'
import { attentionParagraph, needsAttention, publishStatus } from './lib/status.ts'
import { steps } from './lib/steps.ts'

const { deliverDue } = steps<WebhookActivities, 'deliverDue'>(deliveryBatch, {
  deliverDue: 'Send the events that are due',
})

/** Keeps histories short however many messages there are. */
const BATCHES_PER_RUN = 100
/** The pause after a batch of which nothing was delivered; it doubles up to a minute. */
const FIRST_BACKOFF_MS = 1_000
const LONGEST_BACKOFF_MS = 60_000

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
  private readonly input: WebhookDeliveryInput
  private readonly due = new Inbox()
  private backoffCount = 0

  constructor(input: WebhookDeliveryInput) {
    this.input = input
    this.attention = input.attention ?? null
  }

  /** @param acknowledge sent by a person who has looked at the failure */
  onDue(acknowledge: boolean): void {
    this.due.add()
    if (acknowledge) this.attention = null
  }

  async deliverNextBatch(): Promise<BatchReport> {
    const report = await this.due.process(() => deliverDue(this.input))
    if (report.failed > 0) this.attention = failureOf(report)
    if (report.disabled === 'deleted') this.attention = null
    this.backoffCount = report.missed > 0 && report.delivered === 0 ? this.backoffCount + 1 : 0
    this.publish(report)
    return report
  }

  isOver({ next_attempt_at, disabled }: BatchReport): boolean {
    this.outcome = disabled ?? 'delivered'
    return next_attempt_at === null && !this.due.hasNew() && this.attention === null
  }

  /** Waits for the next attempt or a new event. A failing endpoint pauses first, even if events arrive. */
  async waitForWork({ next_attempt_at }: BatchReport): Promise<void> {
    if (this.backoffCount > 0)
      await sleep(Math.min(FIRST_BACKOFF_MS * 2 ** (this.backoffCount - 1), LONGEST_BACKOFF_MS), {
        summary: 'Pause of a failing endpoint',
      })
    const nextAttempt = next_attempt_at === null ? Number.POSITIVE_INFINITY : Date.parse(next_attempt_at)
    if (nextAttempt <= Date.now()) return
    const times = Number.isFinite(nextAttempt) ? [nextAttempt] : []
    await waitUntil(() => this.due.hasNew(), times, 'Next attempt')
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

function failureOf({ disabled }: BatchReport): string {
  const what =
    disabled === 'failing'
      ? 'nothing was delivered for three days, and the endpoint was disabled.'
      : 'messages were given up after three days.'
  return attention('webhooks_failing', what)
}
