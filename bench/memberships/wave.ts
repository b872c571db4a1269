import { setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { WorkflowContinuedAsNewError, type WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client'
import type { Contender } from '../measure/compare.ts'
import { inTurns } from '../measure/concurrently.ts'
import { say } from '../setup/servers.ts'

export type Waiting = WorkflowHandleWithFirstExecutionRunId

/** Starts so many workflows that wait for a due time; resolves when all of them wait. */
type StartWaiting = (size: number, due: Date) => Promise<Waiting[]>

/** How long before its due time one of the warm-up is begun; later waves take what the one before needed. */
const FIRST_LEAD_MS = 300
/** What lies between the last start and the due time, so that the wave finds everybody waiting. */
const REST_MS = 2_000
/** How much slower the next wave may begin; where that was not enough, it begins anew. */
const MARGIN = 1.5
const TRIES = 3
/** Runs that are waited for at once: each is a request that Temporal holds, and it holds 1,200 of a namespace. */
const LOOKED_AT = 100
/** Whoever is not through by then keeps the bench from its other rows. */
const PATIENCE_MS = 300_000

/**
 * A wave of workflows that fall due in one second, a tenth of it as the warm-up: how many a second are through, which is
 * when their run has continued as new. The latencies are from the due time on.
 */
export function waves(full: number, start: StartWaiting): Contender {
  let lead = FIRST_LEAD_MS
  let size = Math.ceil(full / 10)
  const begin = async () => {
    const began = Date.now()
    const due = new Date(Math.ceil((began + size * lead + REST_MS) / 1000) * 1000)
    const handles = await start(size, due)
    const took = Date.now() - began
    say(
      `  ${size} wait after ${Math.round(took / 1000)} s, of ${Math.round((due.getTime() - began) / 1000)} that they had`,
    )
    lead = (took / size) * MARGIN
    return { handles, due }
  }
  return async () => {
    let wave = await begin()
    for (let tries = 1; Date.now() > wave.due.getTime(); tries++) {
      if (tries === TRIES)
        throw new Error('The machine is too busy: each wave was due before all of it was begun.')
      wave = await begin()
    }
    size = full
    const { handles, due } = wave
    await sleep(due.getTime() - Date.now())
    const patience = AbortSignal.timeout(PATIENCE_MS)
    setMaxListeners(0, patience)
    const latencies_ms = await inTurns(handles.length, LOOKED_AT, n =>
      through(handles[n] as Waiting, due, patience),
    )
    return { per_second: handles.length / (Math.max(...latencies_ms) / 1000), latencies_ms }
  }
}

/** How long after the due time a run continued as new, in milliseconds, by Temporal's clock. */
async function through(handle: Waiting, due: Date, patience: AbortSignal): Promise<number> {
  try {
    await handle.client.withAbortSignal(patience, () => handle.result())
  } catch (error) {
    if (!(error instanceof WorkflowContinuedAsNewError)) throw error
    const { closeTime } = await handle.client
      .getHandle(handle.workflowId, handle.firstExecutionRunId)
      .describe()
    if (closeTime) return closeTime.getTime() - due.getTime()
  }
  throw new Error(`${handle.workflowId} ended`)
}
