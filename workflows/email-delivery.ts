import { allHandlersFinished, condition, continueAsNew, setHandler, workflowInfo } from '@temporalio/workflow'
import type { EmailActivities, EmailReport } from '../activities/emails.ts'
import { emailsGivenUp } from '../domain/shared/attention.ts'
import { dueSignal, type EmailDeliveryInput, searchAttributes } from './contract/messages.ts'
import { BatchPauses } from './deliveries/batch-pauses.ts'
import { deliveryBatch } from './lib/activity-options.ts'
import { refuseCancellation } from './lib/cancellation.ts'
import { Inbox } from './lib/inbox.ts'
import { attentionParagraph, needsAttention, publishStatus } from './lib/status.ts'
import { steps } from './lib/steps.ts'

const { sendDueEmails } = steps<EmailActivities, 'sendDueEmails'>(deliveryBatch, {
  sendDueEmails: 'Send the emails that are due',
})

/** Keeps histories short however many emails there are. */
const BATCHES_PER_RUN = 100

/**
 * Sends the queued emails of a product batch by batch, and retries for three days. The database knows what is queued, so
 * the history holds counts only. A run ends when nothing is queued and no person must look.
 */
export async function emailDelivery(input: EmailDeliveryInput): Promise<{ outcome: string }> {
  const workflow = new EmailDeliveryWorkflow(input)
  setHandler(dueSignal, acknowledge => workflow.onDue(acknowledge ?? false))

  refuseCancellation("Emails that must not be sent are left out of the policy's `emails.send`.")

  for (let batch = 1; ; batch++) {
    const report = await workflow.sendNextBatch()
    if (workflow.isOver(report)) break
    if (batch >= BATCHES_PER_RUN || workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished)
      await continueAsNew<typeof emailDelivery>({ ...input, attention: workflow.attention })
    }
    await workflow.waitForWork(report)
  }
  await condition(allHandlersFinished)
  return { outcome: 'sent' }
}

class EmailDeliveryWorkflow {
  attention: string | null
  private acknowledged = false
  private readonly input: EmailDeliveryInput
  private readonly due = new Inbox()
  private readonly pauses = new BatchPauses()

  constructor(input: EmailDeliveryInput) {
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

  async sendNextBatch(): Promise<EmailReport> {
    const report = await this.due.process(() => sendDueEmails(this.batch()))
    if (report.given_up > 0) this.attention = emailsGivenUp
    this.pauses.afterBatch(report)
    this.publish(report)
    return report
  }

  /** The next batch; the first one after an acknowledgement removes the attention from the list. */
  private batch(): Parameters<EmailActivities['sendDueEmails']>[0] {
    const { acknowledged } = this
    this.acknowledged = false
    return { product: this.input.product, ...(acknowledged ? { acknowledged } : {}) }
  }

  isOver({ next_attempt_at }: EmailReport): boolean {
    return next_attempt_at === null && !this.due.hasNew() && this.attention === null
  }

  waitForWork({ next_attempt_at }: EmailReport): Promise<void> {
    return this.pauses.wait(this.due, next_attempt_at, 'Pause of a failing mail server')
  }

  private publish({ queued, next_attempt_at, lastError }: EmailReport): void {
    publishStatus(
      [
        `**${queued}** queued${next_attempt_at ? `, the next attempt at ${next_attempt_at}` : ''}.`,
        lastError ? `Last failure: ${lastError}.` : '',
        this.attention
          ? `${attentionParagraph(this.attention)} Repair the mail server, then send the signal \`due\` with \`true\`.`
          : 'There is nothing to do.',
      ],
      [{ key: searchAttributes.product, value: this.input.product }, needsAttention(this.attention)],
    )
  }
}
