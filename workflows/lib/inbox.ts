/** Counts requests to do the same work, such as "read the payment events": one run answers all that arrived before it. */
export class Inbox {
  private received = 0
  private processed = 0

  add(): void {
    this.received++
  }

  hasNew(): boolean {
    return this.processed < this.received
  }

  /** @returns whether everything that has arrived by now is processed; for `condition` */
  untilNow(): () => boolean {
    const { received } = this
    return () => this.processed >= received
  }

  /** Runs the work, also if nothing is new. Requests that arrive meanwhile stay new. */
  async process<T>(work: () => Promise<T>): Promise<T> {
    const { received } = this
    try {
      return await work()
    } finally {
      this.processed = received
    }
  }
}
