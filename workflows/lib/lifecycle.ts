import { type ApplicationFailure, condition } from '@temporalio/workflow'
import { type Due, RetryTimer, testClockAt, WorkflowClock } from './clock.ts'
import { SerialQueue } from './serial-queue.ts'

/** The common part of memberships and purchases: a status that activities return, transition by transition. */
export abstract class Lifecycle<Status extends Due & { revision?: number }> {
  protected readonly clock = new WorkflowClock()
  protected readonly poll = new RetryTimer()
  protected readonly transitions = new SerialQueue()
  protected status: Status | undefined
  protected refusal: ApplicationFailure | undefined

  protected abstract readonly kind: 'membership' | 'purchase'
  protected abstract readonly ref: { product: string; id: string }

  /** Waits until it is recorded. @throws ApplicationFailure where it was refused */
  abstract onOpen(fingerprint?: string): Promise<void>

  protected abstract apply(status: Status): void

  /** Answers when everything that is due by then is done. */
  async onClockAdvanced(now: string): Promise<void> {
    await this.onOpen()
    this.clock.advanceTestClock(await testClockAt(this.kind, this.ref, now))
    await condition(() => !this.clock.isDue(this.status))
  }

  /** Equal to the ledger's revision if the workflow is up to date. */
  revision(): string {
    return String(this.status?.revision ?? '')
  }

  /** Transitions run one at a time, so that each is decided on the result of the one before. */
  protected transition(step: () => Promise<Status>): Promise<void> {
    return this.transitions.run(async () => this.apply(await step()))
  }
}
