/** Runs steps one at a time, in the order in which they were added, so that each decides on the result of the one before. */
export class SerialQueue {
  private last: Promise<unknown> = Promise.resolve()

  /** Runs the step after all earlier ones, whether they succeeded or failed. */
  run<T>(step: () => Promise<T>): Promise<T> {
    const result = this.last.then(step)
    this.last = result.catch(() => undefined)
    return result
  }

  /** Resolves when every step added so far has ended. */
  async drain(): Promise<void> {
    await this.last
  }
}
