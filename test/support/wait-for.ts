import { setTimeout as sleep } from 'node:timers/promises'

/** The pause between two attempts, so that the services under test get the processor. */
export const pause = () => sleep(30)

/** Enough for a busy machine, and less than the time limit of a test. */
const LIMIT_SECONDS = 45

/**
 * Repeats `read` until `accept` takes its value.
 * @param what appears in the error
 * @throws after `seconds`, with the last value
 */
export async function waitFor<T>(
  what: string,
  read: () => T | Promise<T>,
  accept: (value: T) => boolean = Boolean,
  seconds = LIMIT_SECONDS,
): Promise<T> {
  const end = performance.now() + seconds * 1000
  for (;;) {
    const value = await read()
    if (accept(value)) return value
    if (performance.now() > end)
      throw new Error(`Waited ${seconds} s for ${what}; last: ${JSON.stringify(value)?.slice(0, 2_000)}`)
    await pause()
  }
}

/** Rejects when a promise is still pending after `seconds`. @param what appears in the error */
export async function within<T>(what: string, promise: Promise<T>, seconds = LIMIT_SECONDS): Promise<T> {
  const stop = new AbortController()
  const timeout = sleep(seconds * 1000, undefined, { signal: stop.signal }).then(() => {
    throw new Error(`Waited ${seconds} s for ${what}`)
  })
  timeout.catch(() => undefined)
  return Promise.race([promise, timeout]).finally(() => stop.abort())
}
