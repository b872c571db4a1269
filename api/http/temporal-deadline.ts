import {
  isGrpcServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import { type Refusal, Refused } from '../../domain/shared/refusals.ts'
import { clockUpdate } from '../../workflows/contract/messages.ts'
import type { App } from './app.ts'

/** Callers hear within five seconds, so an answer is not awaited for longer than this. */
const ANSWER_WITHIN_MS = 4_500

/**
 * Calls Temporal and waits for the answer as long as a caller of ours should.
 * @throws Refused with the workflow's refusal, or temporarily_unavailable
 */
export async function withTemporalDeadline<T>(app: App, call: () => Promise<T>): Promise<T> {
  try {
    return await app.temporal.withDeadline(Date.now() + ANSWER_WITHIN_MS, call)
  } catch (error) {
    const refusal = refusalIn(error)
    if (refusal) throw new Refused(refusal)
    if (isTemporalOutage(error)) throw new Refused({ code: 'temporarily_unavailable' })
    throw error
  }
}

/** The refusal that a workflow failed an update with. */
function refusalIn(error: unknown): Refusal | undefined {
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined
  if (!(cause instanceof ApplicationFailure)) return undefined
  const [refusal] = (cause.details ?? []) as Refusal[]
  return refusal && { ...refusal, detail: refusal.detail ?? cause.message }
}

function isTemporalOutage(error: unknown): boolean {
  if (error instanceof WorkflowNotFoundError) return false
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true
  const cause = (error as { cause?: unknown } | null)?.cause
  return isGrpcServiceError(error) || isGrpcServiceError(cause)
}

/** Tells a workflow that its account's test clock moved; answers when what is due has happened. */
export function advanceClock(app: App, workflowId: string, now: Date): Promise<void> {
  const handle = app.temporal.workflow.getHandle(workflowId)
  return withTemporalDeadline(app, () => handle.executeUpdate(clockUpdate, { args: [now.toISOString()] }))
}
