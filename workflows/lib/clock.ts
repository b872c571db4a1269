import { condition } from '@temporalio/workflow'
import type { TestClockActivities, TestClockRef } from '../../activities/test-clock.ts'
import { invalidRequest } from '../../domain/shared/refusals.ts'
import { databaseStep } from './activity-options.ts'
import { mapRefusals } from './failures.ts'
import { localSteps } from './steps.ts'

const { readTestClock } = localSteps<TestClockActivities, 'readTestClock'>(databaseStep, {
  readTestClock: "Read the account's test clock",
})

/** Temporal's timers last a few years at most, so a longer wait is made of several. */
const LONGEST_TIMER_MS = 300 * 24 * 3_600_000

/** The time at which something is due, as ISO 8601, on real time or on the account's test clock. */
export type Due = { next_due_at: string | null; on_test_clock: boolean }

/** Real time, and the time of the account's test clock as far as it was advanced. */
export class WorkflowClock {
  private testTime = ''
  private aheadMs = 0

  /** Follows the ledger's clock from now on, which may differ from Temporal's. @param at real time there, ISO 8601 */
  follow(at: string): void {
    this.aheadMs = Date.parse(at) - Date.now()
  }

  /** @param now ISO 8601; an earlier time changes nothing, and accounts in real time ignore it */
  advanceTestClock(now: string): void {
    if (now > this.testTime) this.testTime = now
  }

  isDue(due: Due | undefined): boolean {
    if (!due?.next_due_at) return false
    if (due.on_test_clock) return this.testTime >= due.next_due_at
    return this.msUntil(due.next_due_at) <= 0
  }

  /** @param at real time, ISO 8601 */
  msUntil(at: string): number {
    return Date.parse(at) - (Date.now() + this.aheadMs)
  }
}

/** A time at which something is tried again; none until it is set. */
export class RetryTimer {
  private at: number | undefined

  setIn(ms: number): void {
    this.at = Date.now() + ms
  }

  clear(): void {
    this.at = undefined
  }

  isSet(): boolean {
    return this.at !== undefined
  }

  isDue(): boolean {
    return this.at !== undefined && Date.now() >= this.at
  }

  isWaiting(): boolean {
    return this.at !== undefined && !this.isDue()
  }

  /** For `waitUntil`. */
  times(): number[] {
    return this.at === undefined ? [] : [this.at]
  }
}

/** When a timer must wake the workflow for it; undefined on a test clock, which is advanced by an update. */
export function timerFor(due: Due | undefined): number[] {
  return due?.next_due_at && !due.on_test_clock ? [Date.parse(due.next_due_at)] : []
}

/**
 * Waits until `shouldWake`, or until the earliest of the times (milliseconds since 1970). It may return earlier, so check
 * again what is due. Without times no timer is set.
 * @param summary of the timer in the Temporal UI
 */
export async function waitUntil(shouldWake: () => boolean, times: number[], summary: string): Promise<void> {
  if (times.length === 0) return condition(shouldWake)
  const left = Math.min(...times) - Date.now()
  await condition(shouldWake, Math.min(Math.max(1, left), LONGEST_TIMER_MS), { summary })
}

/** Validates the argument of the update `clock`. @throws ApplicationFailure invalid_request */
export function checkClockMessage(now: unknown): void {
  mapRefusals(() => {
    const time = typeof now === 'string' ? new Date(now) : new Date(Number.NaN)
    if (Number.isNaN(time.getTime()) || time.toISOString() !== now)
      throw invalidRequest('now', 'must be a time such as 2027-01-31T00:00:00.000Z')
  })
}

/** @returns `now`, where the account's test clock has come so far @throws ApplicationFailure invalid_request */
export async function testClockAt(
  kind: TestClockRef['kind'],
  { product, id }: Omit<TestClockRef, 'kind'>,
  now: string,
) {
  const clock = await readTestClock({ kind, product, id })
  mapRefusals(() => {
    if (clock === null) throw invalidRequest('now', 'is for accounts with a test clock')
    if (now > clock) throw invalidRequest('now', `must not be after the account's test clock, ${clock}`)
  })
  return now
}
