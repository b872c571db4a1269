import { setTimeout as sleep } from 'node:timers/promises'

export type Sample = {
  per_second: number
  latencies_ms: number[]
  /** CPU time per operation of the process under load, if measured */
  cpu_ms?: number
}

/**
 * One operation of a load.
 * @param onResponse ends the latency measurement when the caller has its response, if the operation goes on
 */
export type Operation = (client: number, onResponse: () => void) => Promise<void>

export type Load = {
  clients: number
  operation: Operation
  /** waits for asynchronous work, whose time counts */
  drain?: () => Promise<void>
}

/**
 * Starts operations at a fixed rate, whether or not earlier ones have finished. Latency counts from the scheduled start, so
 * that a pause of the server affects every operation scheduled in it (coordinated omission).
 */
export async function fixedRate({ operation, drain }: Load, perSecond: number, seconds: number): Promise<Sample> {
  const latencies_ms: number[] = []
  const started = performance.now()
  const start = async (index: number) =>
    latencies_ms.push(await latency(operation, index, started + (index * 1000) / perSecond))
  const operations: Promise<unknown>[] = []
  while (operations.length < perSecond * seconds) {
    const due = Math.floor(((performance.now() - started) / 1000) * perSecond)
    while (operations.length <= due) operations.push(start(operations.length))
    await sleep(1)
  }
  await Promise.all(operations)
  await drain?.()
  return toSample(latencies_ms, started)
}

/** Runs clients that each start an operation when their previous one ends. */
export async function closedLoop({ clients, operation, drain }: Load, seconds: number): Promise<Sample> {
  const latencies_ms: number[] = []
  const started = performance.now()
  const end = started + seconds * 1000
  const loop = async (client: number) => {
    while (performance.now() < end) latencies_ms.push(await latency(operation, client, performance.now()))
  }
  await Promise.all(Array.from({ length: clients }, (_, client) => loop(client)))
  await drain?.()
  return toSample(latencies_ms, started)
}

/** Milliseconds from start to the response, or to the operation's end if it reports none. */
async function latency(operation: Operation, client: number, start: number): Promise<number> {
  let elapsed: number | undefined
  await operation(client, () => {
    elapsed = performance.now() - start
  })
  return elapsed ?? performance.now() - start
}

/** @param started by performance.now() */
export function toSample(latencies_ms: number[], started: number, count = latencies_ms.length): Sample {
  return { per_second: count / ((performance.now() - started) / 1000), latencies_ms }
}

/** Runs work for 0 to count - 1, a limited number at a time. @returns the results in that order */
export async function runConcurrently<T>(
  count: number,
  concurrency: number,
  work: (index: number) => Promise<T>,
): Promise<T[]> {
  const results: T[] = []
  let next = 0
  const runner = async () => {
    for (let index = next++; index < count; index = next++) results[index] = await work(index)
  }
  await Promise.all(Array.from({ length: concurrency }, runner))
  return results
}

/** Draws a random index from 0 to count - 1. */
export type Sampler = () => number

export function uniform(count: number): Sampler {
  return () => Math.floor(Math.random() * count)
}

export function sample<T>(items: T[]): T {
  return items[Math.floor(Math.random() * items.length)] as T
}

/** Index n has weight 1 / (n + 1)^0.99, as in YCSB. */
export function zipfian(count: number): Sampler {
  let total = 0
  const cumulative = Float64Array.from({ length: count }, (_, index) => {
    total += 1 / (index + 1) ** 0.99
    return total
  })
  return () => {
    const point = Math.random() * total
    let [low, high] = [0, count - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((cumulative[middle] as number) < point) low = middle + 1
      else high = middle
    }
    return low
  }
}
