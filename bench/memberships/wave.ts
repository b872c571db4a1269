import { setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { WorkflowContinuedAsNewError, type WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client'
import type { Candidate } from '../measure/compare.ts'
import { runConcurrently } from '../measure/load.ts'
import { logProgress } from '../setup/progress.ts'

export type Run = WorkflowHandleWithFirstExecutionRunId

/** Starts workflows that wait for a due time; resolves when all of them wait. */
type StartRuns = (size: number, due: Date) => Promise<Run[]>

/** Time to start one workflow of the warm-up; later waves use the time that the previous one took. */
const FIRST_START_MS = 300
/** Pause between the last start and the due time. */
const PAUSE_MS = 2_000
/** How much slower the next wave may start; a wave that starts too late is repeated. */
const MARGIN = 1.5
const MAX_ATTEMPTS = 3
/** Each awaited run is a pending request; Temporal allows 1,200 per namespace. */
const CONCURRENCY = 100
const TIMEOUT_MS = 300_000

/**
 * Starts workflows that are due in the same second, and measures how many per second continue as new. Latency counts from
 * the due time. The first wave, the warm-up, has a tenth of the size.
 */
export function waveLoad(fullSize: number, start: StartRuns): Candidate {
  let startMs = FIRST_START_MS
  let size = Math.ceil(fullSize / 10)
  const startWave = async () => {
    const started = Date.now()
    const due = new Date(Math.ceil((started + size * startMs + PAUSE_MS) / 1000) * 1000)
    const runs = await start(size, due)
    const took = Date.now() - started
    const [tookSeconds, allowedSeconds] = [took, due.getTime() - started].map(ms => Math.round(ms / 1000))
    logProgress(`  ${size} workflows started in ${tookSeconds} s of ${allowedSeconds} s`)
    startMs = (took / size) * MARGIN
    return { runs, due }
  }
  return async () => {
    let wave = await startWave()
    for (let attempt = 1; Date.now() > wave.due.getTime(); attempt++) {
      if (attempt === MAX_ATTEMPTS)
        throw new Error('The machine is too busy: each wave was due before all of it was started.')
      wave = await startWave()
    }
    size = fullSize
    const { runs, due } = wave
    await sleep(due.getTime() - Date.now())
    const timeout = AbortSignal.timeout(TIMEOUT_MS)
    setMaxListeners(0, timeout)
    const latencies_ms = await runConcurrently(runs.length, CONCURRENCY, index =>
      lateness(runs[index] as Run, due, timeout),
    )
    return { per_second: runs.length / (Math.max(...latencies_ms) / 1000), latencies_ms }
  }
}

/** Milliseconds by Temporal's clock from the due time until the run continued as new. */
async function lateness(run: Run, due: Date, timeout: AbortSignal): Promise<number> {
  try {
    await run.client.withAbortSignal(timeout, () => run.result())
  } catch (error) {
    if (!(error instanceof WorkflowContinuedAsNewError)) throw error
    const { closeTime } = await run.client.getHandle(run.workflowId, run.firstExecutionRunId).describe()
    if (closeTime) return closeTime.getTime() - due.getTime()
  }
  throw new Error(`${run.workflowId} ended without continuing as new`)
}
