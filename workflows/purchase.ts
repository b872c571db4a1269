import { condition, continueAsNew, setHandler, workflowInfo } from '@temporalio/workflow'
import type { PurchaseActivities, PurchaseStatus } from '../activities/purchase.ts'
import {
  checkUpdate,
  clockUpdate,
  closeSignal,
  openUpdate,
  type PurchaseInput,
  type PurchaseMessage,
  paymentsProcessedUpdate,
  paymentUpdatedSignal,
  purchaseUpdate,
  resyncUpdate,
  revisionQuery,
} from './contract/messages.ts'
import { databaseStep, providerCall } from './lib/activity-options.ts'
import { refuseCancellation } from './lib/cancellation.ts'
import { checkClockMessage, timerFor, waitUntil } from './lib/clock.ts'
import { ignoreRefusal, refusalIn, unwrapFailure } from './lib/failures.ts'
import { checkFingerprint } from './lib/fingerprint.ts'
import { Inbox } from './lib/inbox.ts'
import { Lifecycle } from './lib/lifecycle.ts'
import { runUntilOver, type StepByStep } from './lib/run.ts'
import { SerialQueue } from './lib/serial-queue.ts'
import { localSteps, steps } from './lib/steps.ts'
import { PendingWork } from './purchases/pending-work.ts'
import { publishPurchase, publishPurchaseRefusal, refusedStatus } from './purchases/status.ts'

const { openPurchase, applyPaymentEvents } = localSteps<PurchaseActivities, 'openPurchase' | 'applyPaymentEvents'>(
  databaseStep,
  {
    openPurchase: 'Record the new purchase',
    applyPaymentEvents: 'Apply payment events that are new',
  },
)
const { syncPurchase, stepPurchase, applyToPurchase } = steps<
  PurchaseActivities,
  'syncPurchase' | 'stepPurchase' | 'applyToPurchase'
>(providerCall, {
  syncPurchase: 'Ask the provider about the payment',
  stepPurchase: 'Take what is due',
  applyToPurchase: 'Apply an event',
})

/** Events that need a poll of the provider first. If another transition came meanwhile, theirs fails and is tried again. */
const ASKS_PROVIDER: PurchaseMessage['kind'][] = ['missing', 'refund']

/** How soon the provider is polled after a refused step. */
const POLL_AFTER_MS = 10 * 60_000
/** How long the first answer waits for the payment page. */
const PAGE_WITHIN_MS = 3_000

/**
 * One purchase: the customer pays, the credits are granted once, and refunded money revokes them. The
 * workflow waits for payment events, messages and due times, and retries what a provider could not do yet; activities
 * decide by the rules and record. An ended purchase starts again with its next payment event.
 */
export async function purchase(input: PurchaseInput): Promise<{ outcome: string }> {
  const workflow = new PurchaseWorkflow(input)
  setHandler(paymentUpdatedSignal, () => workflow.paymentEvents.add())
  setHandler(openUpdate, fingerprint => workflow.onOpen(fingerprint))
  setHandler(purchaseUpdate, (event, id) => workflow.onEvent(event, id))
  setHandler(checkUpdate, () => workflow.pollProvider())
  setHandler(paymentsProcessedUpdate, () => workflow.onPaymentsProcessed())
  setHandler(closeSignal, () => workflow.onAccountClosing())
  setHandler(resyncUpdate, () => workflow.resync())
  setHandler(revisionQuery, () => workflow.revision())
  setHandler(clockUpdate, now => workflow.onClockAdvanced(now), { validator: checkClockMessage })

  refuseCancellation('A purchase ends by itself. To give the money back send `event` with `{"kind": "refund", …}`.')

  await workflow.start()
  if (await runUntilOver(workflow)) await continueAsNew<typeof purchase>(workflow.ref)
  return { outcome: workflow.outcome() }
}

class PurchaseWorkflow extends Lifecycle<PurchaseStatus> implements StepByStep {
  readonly paymentEvents = new Inbox()
  protected readonly kind = 'purchase'
  readonly ref: Omit<PurchaseInput, 'opening' | 'references'>
  private readonly input: PurchaseInput
  private readonly pendingWork = new PendingWork()
  /** Calls to providers wait for each other only, so that transitions need not wait for a provider. */
  private readonly calls = new SerialQueue()
  private started = false

  constructor(input: PurchaseInput) {
    super()
    this.input = input
    const { opening: _, references: __, ...ref } = input
    this.ref = ref
  }

  /** The first run records the purchase; a later one finds it in the ledger. */
  async start(): Promise<void> {
    const { opening } = this.input
    try {
      const first = () => (opening ? openPurchase({ ...this.input, opening }) : applyPaymentEvents(this.ref))
      await this.paymentEvents.process(() => this.transition(first))
      await this.runPendingWork()
    } catch (error) {
      this.refusal = refusalIn(error)
      if (!this.refusal) throw error
      publishPurchaseRefusal(this.refusal.message, opening !== undefined)
    }
    this.started = true
  }

  async onOpen(fingerprint?: string): Promise<void> {
    checkFingerprint(fingerprint, this.input.opening?.fingerprint)
    await condition(() => (this.status ?? this.refusal) !== undefined)
    if (this.refusal) throw this.refusal
    // The answer names the page to pay on, where the provider opens it in time.
    if (!this.started)
      await condition(() => this.started, PAGE_WITHIN_MS, { summary: 'Answer without the payment page' })
  }

  /** Waits until every payment event that was signalled so far is processed. */
  async onPaymentsProcessed(): Promise<void> {
    const areProcessed = this.paymentEvents.untilNow()
    await this.onOpen()
    await condition(areProcessed)
    await this.transitions.drain()
  }

  async onEvent(event: PurchaseMessage, event_id: string): Promise<void> {
    await this.onOpen()
    const step = () => applyToPurchase({ ...this.ref, event, event_id })
    await unwrapFailure(async () => {
      if (ASKS_PROVIDER.includes(event.kind)) this.apply(await step())
      else await this.transition(step)
    })
    this.pendingWork.resetTries()
    await this.runPendingWork()
  }

  /** A refusal is ignored: the purchase is over, or the closure sends the signal again. */
  async onAccountClosing(): Promise<void> {
    await this.onEvent({ kind: 'close' }, 'account-closed').catch(ignoreRefusal)
  }

  async pollProvider(): Promise<void> {
    await this.onOpen()
    await unwrapFailure(async () => this.apply(await syncPurchase(this.ref)))
    this.poll.clear()
    await this.runPendingWork()
  }

  /** Processes payment events that the workflow missed, because Temporal was restored from a backup. */
  async resync(): Promise<void> {
    this.paymentEvents.add()
    await this.onPaymentsProcessed()
  }

  isRunning(): boolean {
    return this.status !== undefined && (this.status.running || this.paymentEvents.hasNew())
  }

  outcome(): string {
    return this.refusal ? 'refused' : (this.status?.state ?? '')
  }

  hasWork(): boolean {
    if (!this.status) return false
    const isPending = this.paymentEvents.hasNew() || this.pendingWork.isDue(this.status)
    return isPending || this.clock.isDue(this.status) || this.poll.isDue()
  }

  shouldContinueAsNew(): boolean {
    return workflowInfo().continueAsNewSuggested
  }

  async waitForWork(): Promise<void> {
    const { status } = this
    await waitUntil(
      () => this.status !== status || this.hasWork() || this.shouldContinueAsNew(),
      [...timerFor(status), ...this.poll.times(), ...this.pendingWork.times(status)],
      'Next due step',
    )
  }

  /** A refusal of the ledger or the provider is shown, and the provider is polled later. */
  async runNextStep(): Promise<void> {
    try {
      if (this.paymentEvents.hasNew()) await this.paymentEvents.process(() => this.applyPaymentEvents())
      else if (this.clock.isDue(this.status)) await this.step()
      else if (this.pendingWork.isDue(this.status)) await this.runPendingWork()
      else if (this.poll.isDue()) await this.pollProvider()
    } catch (error) {
      const failure = refusalIn(error)
      if (!failure) throw error
      this.poll.setIn(POLL_AFTER_MS)
      this.apply(refusedStatus(this.status as PurchaseStatus, failure), failure.message)
    }
  }

  /** In one step with the email, so that a caller that waits for the payment event finds it sent. */
  private async applyPaymentEvents(): Promise<void> {
    await this.transitions.run(async () => {
      this.apply(await applyPaymentEvents(this.ref))
    })
    if (this.status?.work === 'email') await this.runPendingWork()
  }

  private async step(): Promise<void> {
    const due_at = this.status?.next_due_at ?? ''
    this.apply(await stepPurchase({ ...this.ref, due_at }))
  }

  private async runPendingWork(): Promise<void> {
    if (this.status?.work) await this.calls.run(() => this.doPendingWork())
  }

  private async doPendingWork(): Promise<void> {
    if (this.status?.work) this.apply(...(await this.pendingWork.run(this.ref, this.status)))
  }

  /** Calls to the provider run outside of the queue, so their status may be older. */
  protected apply(status: PurchaseStatus, lastError = ''): void {
    if (this.status && status.revision < this.status.revision) return
    this.status = status
    if (status.retry_after_ms) this.poll.setIn(status.retry_after_ms)
    if (status.state !== 'awaiting_payment' && !lastError) this.poll.clear()
    publishPurchase(status, this.ref, lastError)
  }
}
