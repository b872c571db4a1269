import {
  allHandlersFinished,
  condition,
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  sleep,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow'
import type { BatchReport, WebhookActivities } from '../activities/webhooks.ts'
import { attention } from '../domain/shared/attention.ts'
import { dueSignal, searchAttributes, type WebhookDeliveryInput } from './contract/messages.ts'

/** A batch is sent side by side, each message for ten seconds at most. */
const { deliverDue } = proxyActivities<WebhookActivities>({
  startToCloseTimeout: '30s',
  heartbeatTimeout: '6s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
})

/** Keeps histories short however much there is to tell. */
const BATCHES_PER_RUN = 100
/** An endpoint that takes nothing is spared for so long, then twice as long, up to a minute. */
const FIRST_REST_MS = 1_000
const LONGEST_REST_MS = 60_000

/**
 * Tells one endpoint what there is to tell, batch by batch, and again what it did not take, for three days. The book knows
 * what waits and since when; a run ends when nothing does, and begins again with the next event.
 */
export async function webhookDelivery(input: WebhookDeliveryInput): Promise<{ outcome: string }> {
  const story = new Story(input)
  setHandler(dueSignal, acknowledge => story.hear(acknowledge ?? false))

  for (let batch = 1; ; batch++) {
    const report = await story.sendNext()
    if (story.isOver(report)) break
    if (batch >= BATCHES_PER_RUN || workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished)
      await continueAsNew<typeof webhookDelivery>({ ...input, attention: story.attention })
    }
    await story.somethingToDo(report)
  }
  await condition(allHandlersFinished)
  return { outcome: story.outcome }
}

class Story {
  /** what a person should see to */
  attention: string | null
  outcome = 'told'
  private readonly input: WebhookDeliveryInput
  private heard = false
  private rests = 0

  constructor(input: WebhookDeliveryInput) {
    this.input = input
    this.attention = input.attention ?? null
  }

  /** There is something to send; whoever asked for it by hand has seen to what went wrong. */
  hear(acknowledge: boolean): void {
    this.heard = true
    if (acknowledge) this.attention = null
  }

  async sendNext(): Promise<BatchReport> {
    this.heard = false
    const report = await deliverDue(this.input)
    if (report.failed > 0)
      this.attention = attention(
        'webhooks_failing',
        report.disabled === 'failing'
          ? 'it has taken nothing for three days and was disabled.'
          : 'messages were given up after three days.',
      )
    if (report.disabled === 'deleted') this.attention = null
    this.rests = report.missed > 0 && report.taken === 0 ? this.rests + 1 : 0
    this.tell(report)
    return report
  }

  isOver({ next_attempt_at, disabled }: BatchReport): boolean {
    this.outcome = disabled ?? 'told'
    return next_attempt_at === null && !this.heard && this.attention === null
  }

  /** Until the next one is due, or there is news. One that takes nothing is left alone for a while, whatever comes. */
  async somethingToDo({ next_attempt_at }: BatchReport): Promise<void> {
    if (this.rests > 0) await sleep(Math.min(FIRST_REST_MS * 2 ** (this.rests - 1), LONGEST_REST_MS))
    if (next_attempt_at === null) return condition(() => this.heard)
    const wait = Date.parse(next_attempt_at) - Date.now()
    if (wait > 0) await condition(() => this.heard, wait)
  }

  private tell({ disabled, pending, next_attempt_at, trouble }: BatchReport): void {
    const known = workflowInfo().typedSearchAttributes
    const wanted = [
      { key: searchAttributes.product, value: this.input.product },
      { key: searchAttributes.needsAttention, value: this.attention !== null },
    ].filter(({ key, value }) => (known.get(key) ?? false) !== value)
    if (wanted.length > 0) upsertSearchAttributes(wanted)
    setCurrentDetails(
      [
        `**${pending}** wait for \`${this.input.endpoint}\`${next_attempt_at ? `, the next until ${next_attempt_at}` : ''}.`,
        ...(trouble ? [`The last one in vain: ${trouble}.`] : []),
        ...(disabled ? [`It is **${disabled}**: nothing is sent.`] : []),
        this.attention
          ? `**Needs attention.** ${this.attention} Mend the receiver, then \`POST /v1/webhook-endpoints/${this.input.endpoint}/enable\` or redeliver; or send the signal \`due\` with \`true\` where nothing is to be done.`
          : 'There is nothing to do.',
      ].join('\n\n'),
    )
  }
}
