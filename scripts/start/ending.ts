import { sentence } from '../../platform/run-command.ts'

/** A requested stop, which exits with code 0. */
export class StopRequest extends Error {
  override name = 'StopRequest'
}

export interface Part {
  name: string
  stop(): Promise<void>
  /** how long its stop may take */
  seconds: number
}

/** Stops the parts in reverse order of their start. A failure or time-out does not stop the others. */
export async function stopAll(parts: Part[], onError: (line: string) => void): Promise<void> {
  for (const { name, stop, seconds } of parts.toReversed()) {
    await within(seconds, stop()).catch(error => onError(`${name} did not stop cleanly: ${sentence(error)}`))
  }
}

/** Settles like the promise, or rejects with the signal's reason when it is aborted first. */
export function unless<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abandon = () => reject(signal.reason)
    if (signal.aborted) abandon()
    signal.addEventListener('abort', abandon)
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abandon))
  })
}

async function within(seconds: number, promise: Promise<void>): Promise<void> {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(new Error(`it took more than ${seconds} s`)), seconds * 1000)
  await unless(late.signal, promise).finally(() => clearTimeout(timer))
}
