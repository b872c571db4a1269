/** What one stretch of load came to. */
export type Sample = { per_second: number; latencies_ms: number[] }

/**
 * One piece of work; a client begins its next one when it is done.
 * @param answered is called when the answer has come that somebody waits for, where that is before the end
 */
export type Work = (client: number, answered: () => void) => Promise<void>

export type Load = {
  clients: number
  work: Work
  /** what is waited for before the clock stops, where work is only handed in */
  drain?: () => Promise<void>
}

/** Clients in a closed loop, for so many seconds. */
export async function closedLoop({ clients, work, drain }: Load, seconds: number): Promise<Sample> {
  const latencies_ms: number[] = []
  const began = performance.now()
  const end = began + seconds * 1000
  const loop = async (client: number) => {
    while (performance.now() < end) {
      const start = performance.now()
      let waited: number | undefined
      await work(client, () => {
        waited = performance.now() - start
      })
      latencies_ms.push(waited ?? performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, client) => loop(client)))
  await drain?.()
  return { per_second: latencies_ms.length / ((performance.now() - began) / 1000), latencies_ms }
}
