import { randomUUID } from 'node:crypto'
import { WithStartWorkflowOperation, WorkflowNotFoundError } from '@temporalio/client'
import type { Priority } from '@temporalio/common'
import { findGeneration, progressOf } from '../../db/generations/generations.ts'
import type { GenerationInput } from '../../domain/generations/reservation.ts'
import { decideSettlement, type Settlement } from '../../domain/generations/settlement.ts'
import { Refused } from '../../domain/shared/refusals.ts'
import { generationWorkflowId } from '../../workflows/contract/ids.ts'
import {
  callerTimedOutSignal,
  cancelUpdate,
  completeUpdate,
  failUpdate,
  type GenerationAnswer,
  reserveUpdate,
} from '../../workflows/contract/messages.ts'
import { generationStart } from '../../workflows/contract/starts.ts'
import type { App } from '../http/app.ts'
import { withTemporalDeadline } from './deadline.ts'

/** No reservation is begun after this: it must be made before the caller is told that it was not (see inTime). */
const RESERVE_WITHIN_MS = 3_500
/** Nobody waits for it but who stops the API. */
const SAY_WITHIN_MS = 5_000

/**
 * Starts the generation's workflow and answers as soon as the credits are held. The same id again reaches the same
 * workflow; a generation that was refused may be started again. Each call sends an update of its own: Temporal answers
 * one with a known id from the closed workflow, so that a refusal would be the answer for ever.
 * @param priority whose workflow is worked on first, and among whom the turns are shared (KV-10)
 * @throws Refused with the workflow's refusal, or temporarily_unavailable
 */
export async function reserveGeneration(
  app: App,
  request: GenerationInput & { fingerprint: string },
  priority: Priority,
): Promise<GenerationAnswer> {
  const { fingerprint } = request
  const respond_by = new Date(app.now().getTime() + RESERVE_WITHIN_MS).toISOString()
  const start = new WithStartWorkflowOperation('generation', {
    ...generationStart({ ...request, respond_by }),
    taskQueue: app.taskQueue,
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    priority,
  })
  const updateId = randomUUID()
  try {
    return await withTemporalDeadline(app, () =>
      app.temporal.workflow.executeUpdateWithStart(reserveUpdate, {
        startWorkflowOperation: start,
        updateId,
        args: [fingerprint],
      }),
    )
  } catch (error) {
    if (isUnavailable(error)) runInBackground(app, reportCallerTimeout(app, request, updateId))
    throw error
  }
}

function isUnavailable(error: unknown): boolean {
  return error instanceof Refused && error.refusal.code === 'temporarily_unavailable'
}

function runInBackground(app: App, work: Promise<void>): void {
  app.backgroundTasks.add(work)
  void work.finally(() => app.backgroundTasks.delete(work))
}

/** Our caller is told that nothing is held; an answer that is on its way must not make that untrue (decision 0004). */
async function reportCallerTimeout(
  app: App,
  { product, id }: Pick<GenerationInput, 'product' | 'id'>,
  updateId: string,
): Promise<void> {
  const handle = app.temporal.workflow.getHandle(generationWorkflowId(product, id))
  try {
    await app.temporal.withDeadline(Date.now() + SAY_WITHIN_MS, () =>
      handle.signal(callerTimedOutSignal, updateId),
    )
  } catch (error) {
    // It never began, or has ended already.
    if (error instanceof WorkflowNotFoundError) return
    app.logger.warn(
      { err: error, generation: id },
      'a reservation may be held although its caller was told 503',
    )
  }
}

/**
 * Settles a generation through its workflow. Where no workflow answers, the book may know that it is settled already.
 * @throws Refused not_found, already_settled, invalid_request, temporarily_unavailable
 */
export async function settleGeneration(
  app: App,
  product: string,
  id: string,
  settlement: Settlement,
): Promise<GenerationAnswer | (Pick<GenerationAnswer, 'generation'> & { replayed: true })> {
  const handle = app.temporal.workflow.getHandle(generationWorkflowId(product, id))
  try {
    return await withTemporalDeadline(app, () => {
      if (settlement.kind === 'complete') {
        const { delivered, items } = settlement
        return handle.executeUpdate(completeUpdate, { args: [{ delivered, items }] })
      }
      return settlement.kind === 'cancel'
        ? handle.executeUpdate(cancelUpdate)
        : handle.executeUpdate(failUpdate, { args: [{}] })
    })
  } catch (error) {
    const hasEnded = error instanceof WorkflowNotFoundError
    if (!hasEnded && !isUnavailable(error)) throw error
    const before = await findSettled(app, product, id, settlement)
    if (before) return before
    if (!hasEnded) throw error
    throw new Refused({ code: 'temporarily_unavailable', detail: 'The generation has no running workflow.' })
  }
}

async function findSettled(app: App, product: string, id: string, settlement: Settlement) {
  const found = await findGeneration(app.db, product, id)
  if (!found) throw new Refused({ code: 'not_found', detail: 'There is no such generation.' })
  const { generation, closing } = found
  if (generation.state === 'reserved') return null
  if (generation.state === 'refused')
    throw new Refused({ code: 'already_settled', detail: 'The reservation was refused; nothing is held.' })
  decideSettlement(progressOf(generation, closing), settlement)
  return { generation, replayed: true as const }
}
