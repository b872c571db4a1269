import {
  type ApplicationFailure,
  condition,
  continueAsNew,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow'
import type { Asked, MembershipStatus, NotStarted } from '../activities/membership.ts'
import { notFound, Refused } from '../domain/shared/refusals.ts'
import {
  checkUpdate,
  clockUpdate,
  closeSignal,
  eventUpdate,
  type MembershipInput,
  type MembershipMessage,
  openUpdate,
  resyncUpdate,
  revisionQuery,
  subscriptionUpdatedSignal,
} from './contract/messages.ts'
import { refuseCancellation } from './lib/cancellation.ts'
import { checkClockMessage, RetryTimer, timerFor, waitUntil } from './lib/clock.ts'
import { ignoreRefusal, refusalIn, toFailure, unwrapFailure } from './lib/failures.ts'
import { checkFingerprint } from './lib/fingerprint.ts'
import { Lifecycle } from './lib/lifecycle.ts'
import { runUntilOver, type StepByStep } from './lib/run.ts'
import { descriptions, publishMembership, publishNotStarted, refusedStatus } from './memberships/status.ts'
import {
  applySubscription,
  applyToMembership,
  changeSubscription,
  openMembership,
  readMembership,
  readSubscription,
  stepMembership,
} from './memberships/steps.ts'

/** The default delay before a refused step is tried again, or an unreachable payment provider polled again. */
const RETRY_AFTER_MS = 10 * 60_000

const NOT_ASKED = 'The payment provider could not be asked about the subscription yet. Send the request again.'

/** Refusals of a poll that may pass, if the provider answers again or its key is corrected. */
const MAY_PASS = ['temporarily_unavailable', 'not_configured', 'provider_refused']
const mayPass = (refusal: ApplicationFailure | undefined) => MAY_PASS.includes(refusal?.type ?? '')

/**
 * One membership, from its start to its end: grants the monthly credits while it is paid, goes past due and lapses when
 * it is not, and becomes active again when it is renewed. The workflow waits for the next due time or a message; activities decide
 * by the rules and record. It continues as new after every grant.
 */
export async function membership(input: MembershipInput): Promise<{ outcome: string }> {
  const workflow = new MembershipWorkflow(input)
  setHandler(openUpdate, fingerprint => workflow.onOpen(fingerprint), { description: descriptions.open })
  setHandler(eventUpdate, (event, id) => workflow.onEvent(event, id), { description: descriptions.event })
  setHandler(checkUpdate, () => workflow.pollProvider(), { description: descriptions.check })
  setHandler(subscriptionUpdatedSignal, () => workflow.onSubscriptionUpdated())
  setHandler(closeSignal, () => workflow.onAccountClosing())
  setHandler(resyncUpdate, () => workflow.resync())
  setHandler(revisionQuery, () => workflow.revision())
  setHandler(clockUpdate, now => workflow.onClockAdvanced(now), {
    validator: checkClockMessage,
    description: descriptions.clock,
  })

  refuseCancellation('To end the membership send the update `event` with `{"kind": "cancel", "when": "now"}`.')

  await workflow.open()
  if (await runUntilOver(workflow)) await continueAsNew<typeof membership>(workflow.nextInput())
  return { outcome: workflow.outcome() }
}

class MembershipWorkflow extends Lifecycle<MembershipStatus> implements StepByStep {
  private readonly input: MembershipInput
  protected readonly kind = 'membership'
  protected readonly ref: { product: string; account: string; id: string; fingerprint?: string }
  private notStarted: NotStarted | undefined
  private readonly stepRetry = new RetryTimer()
  private granted = false
  private retryAfterMs = RETRY_AFTER_MS
  private changeTries = 0

  constructor(input: MembershipInput) {
    super()
    this.input = input
    const { opening: _, subscription: __, ask, status: ___, ...ref } = input
    this.ref = ref
    if (ask) this.poll.setIn(0)
  }

  /** The first run records the membership. A continued run is given the status, or reads it from the ledger. */
  async open(): Promise<void> {
    const { opening, subscription, status } = this.input
    try {
      if (status) this.apply(status)
      // The update `check` that started the workflow asks the provider; while it cannot be reached, ask again.
      else if (subscription) this.poll.setIn(this.input.ask ? 0 : RETRY_AFTER_MS)
      else if (opening) await this.transition(() => openMembership({ ...this.ref, opening }))
      else await this.restart()
    } catch (error) {
      const refusal = refusalIn(error)
      if (!refusal) throw error
      this.refuse(refusal)
    }
  }

  /** Does what is due by the ledger. A refused step is tried again; a membership that does not exist is refused. */
  private async restart(): Promise<void> {
    try {
      await this.step()
    } catch (error) {
      const refusal = refusalIn(error)
      if (!refusal) throw error
      this.apply(await readMembership(this.ref))
      this.onStepRefused(refusal)
    }
  }

  private refuse(refusal: ApplicationFailure): void {
    this.refusal = refusal
    setCurrentDetails(`Refused: ${refusal.message}`)
  }

  /** Whether the membership is recorded, or why it is not. */
  private isAnswered(): boolean {
    return (this.status ?? this.refusal ?? this.notStarted) !== undefined
  }

  async onOpen(fingerprint?: string): Promise<void> {
    checkFingerprint(fingerprint, this.input.fingerprint)
    await condition(() => this.isAnswered() || this.shouldContinueAsNew())
    if (this.refusal) throw this.refusal
    if (!this.isAnswered()) throw toFailure(new Refused({ code: 'temporarily_unavailable', detail: NOT_ASKED }))
    if (!this.status) throw toFailure(notFound('membership'))
  }

  async onEvent(event: MembershipMessage, event_id: string): Promise<void> {
    await this.onOpen()
    this.changeTries = 0
    await unwrapFailure(() => this.transition(() => applyToMembership({ ...this.ref, event, event_id })))
  }

  /** A refusal is ignored: the membership has ended, or the closure sends the signal again. */
  async onAccountClosing(): Promise<void> {
    await this.onEvent({ kind: 'cancel', when: 'now' }, 'account-closed').catch(ignoreRefusal)
  }

  async pollProvider(): Promise<void> {
    if (!this.input.subscription) await this.onOpen()
    await unwrapFailure(async () => {
      await this.changeSubscription()
      await this.sync().catch((error: unknown) => this.onSyncFailed(error))
    })
  }

  /** An unreachable provider is polled later. */
  async onSubscriptionUpdated(): Promise<void> {
    this.poll.setIn(this.retryAfterMs)
    await this.pollProvider().catch(error => {
      ignoreRefusal(error)
      if (!mayPass(refusalIn(error))) this.poll.clear()
    })
  }

  /** Makes the requested change at the provider. The sync that follows finds it. */
  private async changeSubscription(): Promise<void> {
    if (!this.status?.subscription_change) return
    this.apply(await changeSubscription({ ...this.ref, tries: this.changeTries++ }))
  }

  /** Polls outside of the queue, so that other messages do not wait for the provider. */
  private async sync(not_before?: string): Promise<void> {
    const { subscription } = this.input
    const reading = await readSubscription({ ...this.ref, ...(subscription ? { subscription } : {}) })
    await this.transitions.run(async () => {
      const found = await applySubscription({ ...this.ref, reading, ...(not_before ? { not_before } : {}) })
      this.poll.clear()
      if ('state' in found) return this.apply(found)
      this.notStarted = found
      publishNotStarted(found, this.input)
    })
  }

  /** A subscription that starts no membership, such as one that Stripe does not know, is read once. */
  private onSyncFailed(error: unknown): never {
    const refusal = refusalIn(error)
    if (!this.status && refusal && !mayPass(refusal)) this.refuse(refusal)
    throw error
  }

  /** Reads the membership again, where the ledger is ahead because Temporal was restored from a backup. */
  async resync(): Promise<void> {
    await this.onOpen()
    await unwrapFailure(() => this.step())
  }

  /** An ended membership keeps its workflow while it needs attention or its provider must be polled. */
  isRunning(): boolean {
    if (!this.isAnswered()) return true
    if (this.refusal) return false
    const { attention } = this.status ?? this.notStarted ?? {}
    if (this.status?.subscription_change || this.poll.isSet()) return true
    return Boolean(attention) || (this.status !== undefined && this.status.state !== 'ended')
  }

  hasWork(): boolean {
    return this.clock.isDue(this.status) || this.poll.isDue() || this.stepRetry.isDue()
  }

  async waitForWork(): Promise<void> {
    const { status, notStarted, refusal } = this
    const hasChanged = () => this.status !== status || this.notStarted !== notStarted || this.refusal !== refusal
    const isOver = () => hasChanged() || this.shouldContinueAsNew()
    await waitUntil(
      () => isOver() || this.hasWork(),
      [...timerFor(status), ...this.poll.times(), ...this.stepRetry.times()],
      'Next due step',
    )
  }

  async runNextStep(): Promise<void> {
    if (this.clock.isDue(this.status) || this.stepRetry.isDue()) return this.stepOrRetry()
    if (this.poll.isDue()) await this.onSubscriptionUpdated()
  }

  shouldContinueAsNew(): boolean {
    return this.granted || workflowInfo().continueAsNewSuggested
  }

  /** Without the status the next run does what is due: the step that was refused. */
  nextInput(): MembershipInput {
    const { opening: _, status: __, ask: ___, ...input } = this.input
    if (!this.status) return input
    const ask = this.poll.isSet() ? { ask: true as const } : {}
    return { ...this.ref, ...ask, ...(this.stepRetry.isSet() ? {} : { status: this.status }) }
  }

  outcome(): string {
    return this.refusal ? 'refused' : (this.status?.state ?? this.notStarted?.reason ?? '')
  }

  /** A refused step is shown, and tried again later. */
  private async stepOrRetry(): Promise<void> {
    this.stepRetry.clear()
    try {
      await this.step(this.status?.next_due_at ?? '')
    } catch (error) {
      const refusal = refusalIn(error)
      if (!refusal) throw error
      this.onStepRefused(refusal)
    }
  }

  private onStepRefused(refusal: ApplicationFailure): void {
    this.stepRetry.setIn(RETRY_AFTER_MS)
    this.apply(refusedStatus(this.status as MembershipStatus, refusal))
  }

  private async step(due_at = ''): Promise<void> {
    if (await this.tryStep(due_at)) return
    await this.tryStep(due_at, { refused: await this.askBeforeStop(due_at) })
  }

  /** @returns false where the provider must be asked first */
  private tryStep(due_at: string, asked?: Asked): Promise<boolean> {
    return this.transitions.run(async () => {
      const found = await stepMembership({ ...this.ref, due_at, ...(asked ? { asked } : {}) })
      if ('ask_first' in found) return false
      this.apply(found)
      return true
    })
  }

  private async askBeforeStop(due_at: string): Promise<Asked['refused']> {
    try {
      await this.sync(due_at)
      return null
    } catch (error) {
      const refusal = refusalIn(error)
      if (!refusal) throw error
      return { code: refusal.type ?? '', message: refusal.message }
    }
  }

  /** Calls to the provider run outside of the queue, so their status may be older. */
  protected apply(status: MembershipStatus): void {
    if (this.status && status.revision < this.status.revision) return
    // The first grant begins the run; later ones end it.
    this.granted ||= this.status !== undefined && status.granted
    this.status = status
    if (status.retry_after_ms) {
      this.retryAfterMs = status.retry_after_ms
      this.poll.setIn(status.retry_after_ms)
    } else if (status.subscription_change === 'pending') this.poll.setIn(this.changeTries === 0 ? 0 : this.retryAfterMs)
    publishMembership(status, this.input)
  }
}
