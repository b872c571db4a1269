import { randomUUID } from 'node:crypto'
import { WorkflowNotFoundError } from '@temporalio/client'
import type { Priority } from '@temporalio/common'
import { timeOf } from '../../db/accounts/accounts.ts'
import { findGeneration, type GenerationRecord, progressOf } from '../../db/generations/generations.ts'
import type { ExtendMessage } from '../../domain/generations/extension.ts'
import type { CompleteMessage, Settlement } from '../../domain/generations/progress.ts'
import type { GenerationInput } from '../../domain/generations/reservation.ts'
import { decideSettlement, mayBeLate } from '../../domain/generations/settlement.ts'
import { lateUntil } from '../../domain/rates/terms.ts'
import { notFound, Refused } from '../../domain/shared/refusals.ts'
import { generationWorkflowId } from '../../workflows/contract/ids.ts'
import {
  callerTimedOutSignal,
  cancelUpdate,
  completeUpdate,
  extendUpdate,
  failUpdate,
  type GenerationAnswer,
  reserveUpdate,
} from '../../workflows/contract/messages.ts'
import { generationStart } from '../../workflows/contract/starts.ts'
import type { App } from '../http/app.ts'
import { withTemporalDeadline } from './deadline.ts'
import { updateWithStart } from './update-with-start.ts'

/** Reservations start before this, so that the workflow answers within the API's time limit (see deadline.ts). */
const RESERVE_WITHIN_MS = 3_500
const REPORT_WITHIN_MS = 5_000
const NO_WORKFLOW = "The generation's workflow is not running. Send the request again."

/**
 * Starts the generation's workflow; resolves when the credits are held. Repeating an id reaches the same workflow, and a
 * refused generation can be started again. Each call has an update id of its own: with a known id Temporal would return
 * the closed workflow's refusal for ever.
 * @param priority the order of workflow tasks, and fairness between accounts (KV-10)
 * @throws Refused the workflow's refusal, or temporarily_unavailable
 */
export async function reserveGeneration(
  app: App,
  request: GenerationInput & { fingerprint: string },
  priority: Priority,
): Promise<GenerationAnswer> {
  const { fingerprint } = request
  const respond_by = new Date(app.now().getTime() + RESERVE_WITHIN_MS).toISOString()
  const start = generationStart({ ...request, respond_by })
  const options = { updateId: randomUUID(), priority }
  try {
    return await updateWithStart(app, 'generation', start, reserveUpdate, [fingerprint], options)
  } catch (error) {
    if (isUnavailable(error)) runInBackground(app, reportCallerTimeout(app, request, options.updateId))
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

/** Makes the workflow release a reservation whose caller received a 503 (decision 0004). */
async function reportCallerTimeout(
  app: App,
  { product, id }: Pick<GenerationInput, 'product' | 'id'>,
  updateId: string,
): Promise<void> {
  const handle = app.temporal.workflow.getHandle(generationWorkflowId(product, id))
  try {
    await app.temporal.withDeadline(Date.now() + REPORT_WITHIN_MS, () => handle.signal(callerTimedOutSignal, updateId))
  } catch (error) {
    // The workflow never started, or has ended.
    if (error instanceof WorkflowNotFoundError) return
    app.logger.warn(
      { err: error, generation: id },
      'generation: caller timeout not reported; credits may stay held until the deadline',
    )
  }
}

/**
 * Settles a generation through its workflow. Without an answer from the workflow, the ledger may show that it is settled.
 * @throws Refused not_found, already_settled, price_out_of_range, invalid_request, temporarily_unavailable
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
      if (settlement.kind === 'complete') return handle.executeUpdate(completeUpdate, { args: [messageOf(settlement)] })
      return settlement.kind === 'cancel'
        ? handle.executeUpdate(cancelUpdate)
        : handle.executeUpdate(failUpdate, { args: [{}] })
    })
  } catch (error) {
    const hasEnded = error instanceof WorkflowNotFoundError
    if (!hasEnded && !isUnavailable(error)) throw error
    const found = await findReserved(app, product, id)
    if (found.generation.state !== 'reserved') {
      if (hasEnded && isLateResult(app, found, settlement)) return settleLate(app, product, found, settlement)
      return settledBefore(found, settlement)
    }
    if (!hasEnded) throw error
    throw new Refused({ code: 'temporarily_unavailable', detail: NO_WORKFLOW })
  }
}

/**
 * Moves the deadline of a generation through its workflow.
 * @throws Refused not_found, already_settled, insufficient_credits, price_out_of_range, invalid_request, temporarily_unavailable
 */
export async function extendGeneration(
  app: App,
  product: string,
  id: string,
  message: ExtendMessage,
): Promise<GenerationAnswer> {
  const handle = app.temporal.workflow.getHandle(generationWorkflowId(product, id))
  try {
    return await withTemporalDeadline(app, () => handle.executeUpdate(extendUpdate, { args: [message] }))
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error
    const { generation } = await findReserved(app, product, id)
    if (generation.state === 'reserved') throw new Refused({ code: 'temporarily_unavailable', detail: NO_WORKFLOW })
    throw new Refused({ code: 'already_settled', detail: 'The generation has ended, so its deadline cannot be moved.' })
  }
}

function messageOf({ kind: _, ...message }: { kind: 'complete' } & CompleteMessage): CompleteMessage {
  return message
}

/** @throws Refused not_found, or already_settled where nothing was ever reserved */
async function findReserved(app: App, product: string, id: string): Promise<GenerationRecord> {
  const found = await findGeneration(app.db, product, id)
  if (!found) throw notFound('generation')
  if (found.generation.state !== 'refused') return found
  throw new Refused({
    code: 'already_settled',
    detail: 'The reservation was refused, so there is nothing to settle.',
  })
}

/** The answer to a repeated settlement. @throws Refused already_settled */
function settledBefore(found: GenerationRecord, settlement: Settlement) {
  const { generation, terms } = found
  if (decideSettlement(progressOf(found), settlement) !== null)
    throw new Refused({
      code: 'already_settled',
      late_until: lateUntil(terms, generation.settled_at),
      detail: `The generation timed out at ${generation.settled_at}; results were charged until ${lateUntil(terms, generation.settled_at)}.`,
    })
  return { generation, replayed: true as const }
}

/** Whether the policy still charges a result whose generation has timed out. */
function isLateResult(app: App, found: GenerationRecord, settlement: Settlement): boolean {
  if (settlement.kind !== 'complete' || !mayBeLate(progressOf(found))) return false
  const until = lateUntil(found.terms, found.generation.settled_at)
  return until !== null && timeOf(found, app.now()).toISOString() <= until
}

/** Starts the workflow again for a late result, since it was lost. */
function settleLate(app: App, product: string, found: GenerationRecord, settlement: Settlement) {
  const { id, account, operation } = found.generation
  const start = generationStart({ product, account, id, operation, resumed: true })
  const { kind: _, ...message } = settlement
  return updateWithStart(app, 'generation', start, completeUpdate, [message])
}
