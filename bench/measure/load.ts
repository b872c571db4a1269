import { setTimeout as sleep } from 'node:timers/promises'

/** What one stretch of load came to. */
export type Sample = {
  per_second: number
  latencies_ms: number[]
  /** CPU time of the process under load, for each piece of work, where it was looked at */
  cpu_ms?: number
}

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

/**
 * So many pieces of work a second, begun whether or not those before are done. Latencies count from when a piece was to
 * begin, so that a pause of the server is felt by all that fall into it (coordinated omission).
 */
export async function fixedRate({ work, drain }: Load, perSecond: number, seconds: number): Promise<Sample> {
  const latencies_ms: number[] = []
  const began = performance.now()
  const begin = async (number: number) => {
    const due = began + (number * 1000) / perSecond
    let waited: number | undefined
    await work(number, () => {
      waited = performance.now() - due
    })
    latencies_ms.push(waited ?? performance.now() - due)
  }
  const begun: Promise<void>[] = []
  while (begun.length < perSecond * seconds) {
    const due = Math.floor(((performance.now() - began) / 1000) * perSecond)
    while (begun.length <= due) begun.push(begin(begun.length))
    await sleep(1)
  }
  await Promise.all(begun)
  await drain?.()
  return { per_second: latencies_ms.length / ((performance.now() - began) / 1000), latencies_ms }
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
