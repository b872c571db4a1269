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
      if (worker.getState() !== 'FAILED') return
      clearInterval(timer)
      // The SDK buffers log lines; the one with the error is written meanwhile.
      setTimeout(() => resolve('Temporal refuses it, see the error "Worker failed"'), CHECK_EVERY_MS)
    }, CHECK_EVERY_MS)
    const ended = running.then(() => 'it was shut down', sentence)
    ended.then(resolve).finally(() => clearInterval(timer))
  })
}
