import { sentence } from '../../platform/run-command.ts'

/** Somebody asked us to stop: the good way to end. */
export class StopRequest extends Error {
  override name = 'StopRequest'
}

/** Something that runs and is stopped at the end. */
export interface Part {
  name: string
  stop(): Promise<void>
  /** How long to wait for it before the next one's turn comes. */
  seconds: number
}

/** Stops the parts, the last one started first. One that fails or takes too long does not keep the others from it. */
export async function stopAll(parts: Part[], onTrouble: (line: string) => void): Promise<void> {
  for (const { name, stop, seconds } of parts.toReversed()) {
    await within(seconds, stop()).catch(error =>
      onTrouble(`${name} did not stop as it should: ${sentence(error)}`),
    )
  }
}

/** The promise's outcome, or a rejection with the signal's reason as soon as it is aborted. */
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
