import { type ApplicationFailure, currentUpdateInfo, workflowInfo } from '@temporalio/workflow'
import { invalidRequest, Refused } from '../../domain/shared/refusals.ts'
import { generationWorkflowId } from '../contract/ids.ts'
import type { GenerationInput } from '../contract/messages.ts'
import { toFailure } from '../lib/failures.ts'

/** The callers of `reserve`, by update id. A caller counts as answered until it reports that it timed out. */
export class PendingCallers {
  private readonly waiting = new Set<string>()
  private readonly gone = new Set<string>()

  /** Adds the caller of the update that is being handled. Its report may have arrived before. */
  add(): void {
    const id = currentUpdateInfo()?.id ?? ''
    if (!this.gone.has(id)) this.waiting.add(id)
  }

  timedOut(updateId: string): void {
    this.gone.add(updateId)
    this.waiting.delete(updateId)
  }

  isAnyWaiting(): boolean {
    return this.waiting.size > 0
  }
}

/** Checks the fields that the workflow itself uses; the reservation checks the rest of the input. @throws Refused invalid_request */
export function checkIdentity({ product, account, id }: GenerationInput): void {
  for (const [path, value] of Object.entries({ product, account, id })) {
    if (typeof value !== 'string' || value === '') throw invalidRequest(path, 'must be a text')
  }
  const { workflowId } = workflowInfo()
  if (workflowId !== generationWorkflowId(product, id))
    throw invalidRequest('id', `with its product does not make the workflow id ${workflowId}`)
}

/** Whether the caller has stopped waiting. @param respond_by ISO 8601 */
export function isPastResponseDeadline(respond_by: string | undefined): boolean {
  return respond_by !== undefined && Date.now() > Date.parse(respond_by)
}

/** The answer to a caller whose reservation was not made, or was rolled back. */
export function unavailable(why: string): ApplicationFailure {
  return toFailure(new Refused({ code: 'temporarily_unavailable', detail: `${why} Nothing is held.` }))
}
