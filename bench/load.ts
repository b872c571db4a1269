/** What one stretch of load came to. */
export type Sample = { per_second: number; latencies_ms: number[] }

export type Work = (client: number) => Promise<void>

export type Load = {
  clients: number
  /** one piece of work; a client begins its next one when it is done */
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
    for (let now = performance.now(); now < end; ) {
      await work(client)
      const done = performance.now()
      latencies_ms.push(done - now)
      now = done
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, client) => loop(client)))
  await drain?.()
  return { per_second: latencies_ms.length / ((performance.now() - began) / 1000), latencies_ms }
}
