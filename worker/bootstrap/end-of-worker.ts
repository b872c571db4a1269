import type { Worker } from '@temporalio/worker'
import { sentence } from '../../platform/run-command.ts'

const CHECK_EVERY_MS = 1_000

/**
 * Resolves with the reason when the worker polls no more. The SDK's `run()` may never settle after a failure, because it
 * waits for its pollers, so the worker's state is checked too.
 * @param running the promise of `worker.run()`
 */
export function endOfWorker(worker: Worker, running: Promise<void>): Promise<string> {
  return new Promise(resolve => {
    const timer = setInterval(() => {
      if (worker.getState() === 'FAILED') end('Temporal refuses it, see the error "Worker failed"')
    }, CHECK_EVERY_MS)
    function end(reason: string): void {
      clearInterval(timer)
      resolve(reason)
    }
    running.then(
      () => end('it was shut down'),
      error => end(sentence(error)),
    )
  })
}
