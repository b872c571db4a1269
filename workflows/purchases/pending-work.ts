import type { PurchaseActivities, PurchaseStatus } from '../../activities/purchase.ts'
import { databaseStep, providerCall } from '../lib/activity-options.ts'
import { RetryTimer } from '../lib/clock.ts'
import { refusalIn } from '../lib/failures.ts'
import { localSteps, steps } from '../lib/steps.ts'

const { applyPaymentEvents } = localSteps<PurchaseActivities, 'applyPaymentEvents'>(databaseStep, {
  applyPaymentEvents: 'Apply payment events that are new',
})
const { openCheckout, emailCode, payRefund } = steps<PurchaseActivities, 'openCheckout' | 'emailCode' | 'payRefund'>(
  providerCall,
  {
    openCheckout: "Open the provider's payment page",
    emailCode: 'Email the code',
    payRefund: 'Pay the refund at the provider',
  },
)

/** Work is retried after 1 s, 2 s, 4 s … up to this. */
const LONGEST_BACKOFF_MS = 5 * 60_000
/** A refund that fails for 15 s is abandoned: the credits are restored. */
const REFUND_TRIES = 5

type Ref = { product: string; account: string; id: string }

/** The pending work of a purchase, with a backoff between tries. */
export class PendingWork {
  private readonly backoff = new RetryTimer()
  private tries = 0

  isDue(status: PurchaseStatus | undefined): boolean {
    return Boolean(status?.work) && !this.backoff.isWaiting()
  }

  /** For `waitUntil`. */
  times(status: PurchaseStatus | undefined): number[] {
    return status?.work ? this.backoff.times() : []
  }

  /** An event may have removed what made the work fail. */
  resetTries(): void {
    this.tries = 0
  }

  /** @returns the status afterwards, and why the work failed */
  async run(ref: Ref, status: PurchaseStatus): Promise<[PurchaseStatus, lastError?: string]> {
    const result = await this.tryOnce(ref, status)
    this.tries = result[0].work === status.work ? this.tries + 1 : 0
    this.backoff.setIn(Math.min(1000 * 2 ** (this.tries - 1), LONGEST_BACKOFF_MS))
    return result
  }

  private async tryOnce(ref: Ref, status: PurchaseStatus): Promise<[PurchaseStatus, lastError?: string]> {
    const { tries } = this
    try {
      if (status.work === 'checkout') return [await openCheckout({ ...ref, tries })]
      if (status.work === 'fulfil') return [await applyPaymentEvents(ref)]
      if (status.work === 'email') return [await emailCode(ref)]
      return [await payRefund({ ...ref, last: tries + 1 >= REFUND_TRIES })]
    } catch (error) {
      const failure = refusalIn(error)
      if (!failure) throw error
      return [status, failure.message]
    }
  }
}
