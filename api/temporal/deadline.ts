import {
  isGrpcServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import { type Refusal, Refused } from '../../domain/shared/refusals.ts'
import { clockUpdate } from '../../workflows/contract/messages.ts'
import type { App } from '../http/app.ts'

/** The API answers within five seconds. */
const DEADLINE_MS = 4_500

/** The type of Temporal's own failure of an update whose workflow ended before it answered. */
const ENDED = 'AcceptedUpdateCompletedWorkflow'
/** The same where the worker's task did not take up the update. Both can be sent again. */
const NOT_ANSWERED = [ENDED, 'UnprocessedUpdate']

/**
 * Calls Temporal within the API's time limit.
 * @throws Refused the workflow's refusal, or temporarily_unavailable
 */
export async function withTemporalDeadline<T>(app: App, call: () => Promise<T>): Promise<T> {
  try {
    return await app.temporal.withDeadline(Date.now() + DEADLINE_MS, call)
  } catch (error) {
    const refusal = refusalIn(error)
    if (refusal) throw refusal
    if (isTemporalOutage(error)) throw new Refused({ code: 'temporarily_unavailable' })
    throw error
  }
}

/** The refusal with which a workflow failed an update. */
function refusalIn(error: unknown): Refused | undefined {
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined
  if (!(cause instanceof ApplicationFailure)) return undefined
  const [refusal] = (cause.details ?? []) as Refusal[]
  return refusal && new Refused(refusal, cause.message)
}

function isTemporalOutage(error: unknown): boolean {
  if (error instanceof WorkflowNotFoundError) return false
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true
  const cause = (error as { cause?: unknown } | null)?.cause
  if (cause instanceof ApplicationFailure && NOT_ANSWERED.includes(cause.type ?? '')) return true
  return isGrpcServiceError(error) || isGrpcServiceError(cause)
}

/** Sends the new time of a test clock to a workflow, unless it has ended; resolves when everything due has run. */
export async function advanceClock(app: App, workflowId: string, now: Date): Promise<void> {
  const handle = app.temporal.workflow.getHandle(workflowId)
  const update = () => handle.executeUpdate(clockUpdate, { args: [now.toISOString()] })
  await withTemporalDeadline(app, () =>
    update().catch(error => {
      if (!hasEnded(error)) throw error
    }),
  )
}

/** Whether an update found the workflow ended, or it ended before it answered. */
function hasEnded(error: unknown): boolean {
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined
  return error instanceof WorkflowNotFoundError || (cause instanceof ApplicationFailure && cause.type === ENDED)
}
