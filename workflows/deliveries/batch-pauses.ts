import { sleep } from '@temporalio/workflow'
import { waitUntil } from '../lib/clock.ts'
import type { Inbox } from '../lib/inbox.ts'

/** The pause after a batch of which nothing was delivered; it doubles up to a minute. */
const FIRST_BACKOFF_MS = 1_000
const LONGEST_BACKOFF_MS = 60_000

/** The waits between the batches of a delivery. */
export class BatchPauses {
  private backoffCount = 0

  afterBatch({ delivered, missed }: { delivered: number; missed: number }): void {
    this.backoffCount = missed > 0 && delivered === 0 ? this.backoffCount + 1 : 0
  }

  /**
   * Waits for the next attempt or new work. A failing receiver pauses first, even if new work arrives.
   * @param nextAttempt ISO 8601; null where none is planned
   * @param summary of that pause, for the Temporal UI
   */
  async wait(due: Inbox, nextAttempt: string | null, summary: string): Promise<void> {
    if (this.backoffCount > 0)
      await sleep(Math.min(FIRST_BACKOFF_MS * 2 ** (this.backoffCount - 1), LONGEST_BACKOFF_MS), { summary })
    const at = nextAttempt === null ? Number.POSITIVE_INFINITY : Date.parse(nextAttempt)
    if (at <= Date.now()) return
    await waitUntil(() => due.hasNew(), Number.isFinite(at) ? [at] : [], 'Next attempt')
  }
}
