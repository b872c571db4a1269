import {
  type ApplicationFailure,
  condition,
  continueAsNew,
  setHandler,
  setWorkflowOptions,
  sleep,
  workflowInfo,
} from '@temporalio/workflow'
import type { GenerationActivities } from '../activities/generation.ts'
import { checkCompleteMessage } from '../domain/generations/complete-message.ts'
import type { ExtendMessage } from '../domain/generations/extension.ts'
import type { CompleteMessage, Settlement } from '../domain/generations/progress.ts'
import {
  callerTimedOutSignal,
  cancelUpdate,
  clockUpdate,
  closeSignal,
  completeUpdate,
  extendUpdate,
  failUpdate,
  type GenerationAnswer,
  type GenerationStart,
  reserveUpdate,
  resyncUpdate,
  revisionQuery,
} from './contract/messages.ts'
import { checkIdentity, isPastResponseDeadline, PendingCallers, unavailable } from './generations/callers.ts'
import { isReset } from './generations/reset.ts'
import { type Reservation, Settlements } from './generations/settlements.ts'
import { publishRefusal } from './generations/status.ts'
import { callerWaits, settlementStep } from './lib/activity-options.ts'
import { onCancellation } from './lib/cancellation.ts'
import { checkClockMessage, testClockAt, WorkflowClock } from './lib/clock.ts'
import { ignoreRefusal, mapRefusals, refusalIn, unwrapFailure } from './lib/failures.ts'
import { checkFingerprint } from './lib/fingerprint.ts'
import { runUntilOver, type StepByStep } from './lib/run.ts'
import { localSteps } from './lib/steps.ts'

const { reserve } = localSteps<GenerationActivities, 'reserve'>(callerWaits, {
  reserve: 'Reserve the cost in the ledger',
})
const { rollbackReservation, findReservation } = localSteps<
  GenerationActivities,
  'rollbackReservation' | 'findReservation'
>(settlementStep, {
  rollbackReservation: 'Release a reservation that no caller received',
  findReservation: 'Read the reservation from the ledger',
})

// A generation is short, so under Worker Deployments it stays on the build that it started on. Without deployments the
// option is an error.
setWorkflowOptions(
  () => (workflowInfo().currentDeploymentVersion?.deploymentName ? { versioningBehavior: 'PINNED' } : {}),
  generation,
)

type Outcome = { outcome: string; spent?: number; refunded?: number; code?: string }

/**
 * One generation: reserves its cost at once, then settles the hold once: by complete, fail, cancel or the deadline,
 * whichever comes first. A cancellation in the Temporal UI is the same as `cancel`. A refused reservation ends it with the
 * outcome `refused`.
 */
export async function generation(input: GenerationStart): Promise<Outcome> {
  const workflow = new GenerationWorkflow(input)
  setHandler(reserveUpdate, fingerprint => workflow.onReserve(fingerprint))
  setHandler(completeUpdate, (message?: CompleteMessage) => workflow.settle({ kind: 'complete', ...message }), {
    validator: (message?: CompleteMessage) => mapRefusals(() => checkCompleteMessage(message)),
  })
  setHandler(extendUpdate, message => workflow.extend(message))
  setHandler(failUpdate, () => workflow.settle({ kind: 'fail' }))
  setHandler(cancelUpdate, () => workflow.settle({ kind: 'cancel' }))
  setHandler(callerTimedOutSignal, updateId => workflow.onCallerTimedOut(updateId))
  setHandler(closeSignal, () => workflow.onClose())
  setHandler(resyncUpdate, () => workflow.resync())
  setHandler(revisionQuery, () => workflow.settlements.revision())
  setHandler(clockUpdate, now => workflow.onClockAdvanced(now), { validator: checkClockMessage })
  onCancellation(() => workflow.onCancelled())

  await workflow.reserve()
  if (await runUntilOver(workflow)) await continueAsNew<typeof generation>(workflow.nextInput())
  return workflow.outcome()
}

class GenerationWorkflow implements StepByStep {
  private readonly input: GenerationStart
  readonly settlements: Settlements
  private readonly clock = new WorkflowClock()
  private readonly callers = new PendingCallers()
  private refusal: ApplicationFailure | undefined
  private rollingBack = false
  /** whether another run reserved, whose callers this run does not know */
  private isTakenOver = false
  private isLate = false
  private isLateOver = false
  private isCancelled = false
  private isClosed = false

  constructor(input: GenerationStart) {
    this.input = input ?? {}
    this.settlements = new Settlements(this.input)
  }

  async reserve(): Promise<void> {
    try {
      mapRefusals(() => checkIdentity(this.input))
      if (await this.takeOver()) return
      if (isPastResponseDeadline(this.input.respond_by)) throw unavailable('The answer would have come too late.')
      this.apply(await reserve(this.input))
    } catch (error) {
      const refusal = refusalIn(error) ?? unavailable('The database could not be reached.')
      // The first try may have reserved although its result was lost.
      if (refusal.type === 'temporarily_unavailable') await this.rollBack(refusal)
      else this.refuse(refusal)
    }
  }

  /**
   * Continues with what an earlier run reserved: a lost one, or the one that an operator has reset. A reset run may find
   * nothing, and then reserves. @throws ApplicationFailure the refusal of the earlier run
   */
  private async takeOver(): Promise<boolean> {
    const { resumed } = this.input
    if (!resumed && !isReset()) return false
    try {
      this.apply(await findReservation(this.input))
      this.isTakenOver = true
      return true
    } catch (error) {
      if (resumed || refusalIn(error)?.type !== 'not_found') throw error
      return false
    }
  }

  /** A hold with settled outputs stays: its caller knows of it. */
  private async rollBack(refusal: ApplicationFailure): Promise<void> {
    try {
      await rollbackReservation(this.input)
      this.refuse(refusal)
    } catch (error) {
      if (!refusalIn(error)) throw error
      this.apply(await findReservation(this.input))
    }
  }

  onReserve(fingerprint?: string): Promise<GenerationAnswer> {
    this.callers.add()
    return this.reserved(fingerprint)
  }

  /** Releases the hold once every caller has timed out and so counts on nothing being held. */
  async onCallerTimedOut(updateId: string): Promise<void> {
    this.callers.timedOut(updateId)
    // Wait for the reservation, then roll it back: deciding earlier is not deterministic on replay.
    await condition(() => this.refusal !== undefined || this.settlements.answer !== undefined)
    await this.settlements.queue.run(() => this.rollBackIfUnanswered()).catch(ignoreRefusal)
  }

  private async rollBackIfUnanswered(): Promise<void> {
    if (this.callers.isAnyWaiting() || this.isTakenOver || this.isOver()) return
    if (this.settlements.current?.items.length !== 0) return
    this.rollingBack = true
    await this.rollBack(unavailable('No caller received the answer.'))
    this.rollingBack = false
  }

  settle(settlement: Settlement): Promise<GenerationAnswer> {
    return this.settlements.queue.run(async () => {
      await this.reserved()
      return this.settlements.settle(settlement)
    })
  }

  /** The timer of the former deadline stays, and starts another one when it fires. */
  extend(message: ExtendMessage): Promise<GenerationAnswer> {
    return this.settlements.queue.run(async () => {
      await this.reserved()
      return this.settlements.extend(message)
    })
  }

  isRunning(): boolean {
    return !this.isOver() || this.acceptsLateResults()
  }

  /** Whether the deadline has passed, or an operator cancelled it. */
  hasWork(): boolean {
    return !this.isOver() && (this.isCancelled || this.isLate || this.isDue())
  }

  /** Waits for a settlement or the deadline. */
  async waitForWork(): Promise<void> {
    const wasOver = this.isOver()
    const settled = condition(() => {
      const isSettled = wasOver ? !this.isRunning() : this.isOver()
      return isSettled || this.hasWork() || this.shouldContinueAsNew()
    })
    if (this.settlements.isOnTestClock()) return settled
    const until = this.waitsUntil()
    // A race instead of a condition with a timeout: the timer left over at the end costs no event.
    const summary = wasOver ? 'End of late results' : 'Deadline'
    const timer = sleep(Math.max(1, this.clock.msUntil(until)), { summary }).then(() => {
      if (until !== this.waitsUntil()) return
      if (wasOver) this.isLateOver = true
      else this.isLate = true
    })
    await Promise.race([settled, timer])
  }

  /** The deadline, or after the time-out the end of late results. */
  private waitsUntil(): string {
    return this.settlements.lateUntil() ?? (this.settlements.answer as GenerationAnswer).generation.deadline
  }

  /** Whether a result is still charged after the time-out (RC-08). */
  private acceptsLateResults(): boolean {
    const until = this.settlements.lateUntil()
    if (until === null || this.isCancelled || this.isClosed || this.isLateOver) return false
    return !this.clock.isDue({ next_due_at: until, on_test_clock: this.settlements.isOnTestClock() })
  }

  /** Releases what is held. */
  async runNextStep(): Promise<void> {
    await this.settle({ kind: this.isCancelled ? 'cancel' : 'timeout' }).catch(error => {
      if (!this.isOver()) throw error
    })
  }

  shouldContinueAsNew(): boolean {
    return workflowInfo().continueAsNewSuggested && !this.isCancelled
  }

  /** A cancellation does not carry over to the next run. */
  onCancelled(): void {
    this.isCancelled = true
  }

  /** The next run loads the hold, and has no caller whose answer could come too late. */
  nextInput(): GenerationStart {
    const { respond_by: _, ...input } = this.input
    return { ...input, resumed: true }
  }

  /** The account closes. A refusal is ignored: it is settled, or was never reserved. */
  async onClose(): Promise<void> {
    this.isClosed = true
    await this.settle({ kind: 'cancel' }).catch(ignoreRefusal)
  }

  async onClockAdvanced(now: string): Promise<void> {
    await condition(() => this.isOver() || this.settlements.answer !== undefined)
    if (!this.isRunning()) return
    this.clock.advanceTestClock(await testClockAt('generation', this.input, now))
    await condition(() => this.isOver() || !this.isDue())
  }

  /** Reads the generation again: the ledger is ahead because Temporal was restored from a backup, or its deadline has passed. */
  async resync(): Promise<void> {
    await this.reserved()
    const reread = async () => this.apply(await findReservation(this.input))
    await unwrapFailure(() => this.settlements.queue.run(reread))
  }

  /** Settled, refused or rolled back. */
  isOver(): boolean {
    return this.refusal !== undefined || this.settlements.isClosed()
  }

  outcome(): Outcome {
    if (this.refusal) return { outcome: 'refused', code: this.refusal.type ?? '' }
    return this.settlements.outcome()
  }

  /** Waits for the reservation. @throws ApplicationFailure where it was refused */
  private async reserved(fingerprint?: string): Promise<GenerationAnswer> {
    checkFingerprint(fingerprint, this.input.fingerprint)
    const { settlements } = this
    await condition(() => this.refusal !== undefined || (settlements.answer !== undefined && !this.rollingBack))
    if (this.refusal) throw this.refusal
    return settlements.answer as GenerationAnswer
  }

  private isDue(): boolean {
    const deadline = this.settlements.answer?.generation.deadline
    const on_test_clock = this.settlements.isOnTestClock()
    return deadline !== undefined && this.clock.isDue({ next_due_at: deadline, on_test_clock })
  }

  private apply(found: Reservation): void {
    if (found.account.on_test_clock) this.clock.advanceTestClock(found.at)
    else this.clock.follow(found.at)
    this.settlements.apply(found)
  }

  private refuse(refusal: ApplicationFailure): void {
    this.refusal = refusal
    publishRefusal(this.input, refusal.message)
  }
}
