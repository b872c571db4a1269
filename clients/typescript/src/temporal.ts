import {
  type Client,
  WithStartWorkflowOperation,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client'
import {
  ApplicationFailure,
  defineSearchAttributeKey,
  type Priority,
  SearchAttributeType,
  TypedSearchAttributes,
  type UpdateDefinition,
} from '@temporalio/common'
import type { components } from './api.ts'
import type { ProblemCode } from './errors.ts'

export type Generation = components['schemas']['Generation']

/** What to reserve credits for: the input of the workflow `generation`. */
export type GenerationRequest = {
  product: string
  account: string
  /** your own id of the request, such as a job's: repeating it reserves once. No spaces or slashes */
  id: string
  operation: string
  outputs?: number | undefined
  options?: Record<string, string | boolean> | undefined
  /** credits per output, where the policy has a range */
  price?: number | undefined
  /** the hold is released after this time; the policy's if omitted */
  timeout_seconds?: number | undefined
  /** the name of your service in usage reports; never a key */
  api_key?: string | undefined
  /** your own data, returned unchanged. No personal data: histories are readable */
  metadata?: Record<string, string | number | boolean> | undefined
  correction_of?: string | undefined
  /** ISO 8601: nothing is reserved later than this */
  respond_by?: string | undefined
  /** a digest of your request, to refuse another one with the same id */
  fingerprint?: string | undefined
}

/** The credits of the account after an update. */
export type Totals = { available: number; held: number; frozen: number; next_expiry?: string | null }

/** The answer to each update. `replayed`: it repeats an earlier result. */
export type GenerationAnswer = { generation: Generation; totals: Totals; replayed?: true }

/** The delivered outputs: a number, or single items; all that are left if neither is given. */
export type CompleteMessage = {
  delivered?: number | undefined
  items?: { index: number; ok: boolean; note?: string | undefined }[] | undefined
}
export type FailMessage = { reason?: string }

export const WORKFLOW_TYPE = 'generation'

/** The id of the workflow of a generation. */
export function generationWorkflowId(product: string, id: string): string {
  return `generation/${product}/${id}`
}

/** The updates of the workflow, for a Temporal client's executeUpdate. */
export const reserveUpdate = update<[fingerprint?: string]>('reserve')
export const completeUpdate = update<[CompleteMessage]>('complete')
export const failUpdate = update<[FailMessage]>('fail')
export const cancelUpdate = update<[]>('cancel')

function update<Args extends unknown[]>(name: string): UpdateDefinition<GenerationAnswer, Args> {
  return { type: 'update', name } as UpdateDefinition<GenerationAnswer, Args>
}

/** Lotkeeper refused the update; nothing has changed. `refusal` has the code and its fields. */
export class GenerationRefused extends Error {
  override name = 'GenerationRefused'
  readonly code: ProblemCode
  readonly refusal: { code: ProblemCode } & Record<string, unknown>

  constructor(refusal: { code: ProblemCode } & Record<string, unknown>, message: string) {
    super(message)
    this.code = refusal.code
    this.refusal = refusal
  }
}

/** A generation whose credits are reserved. Settle it once; the first settlement is final. */
export type RunningGeneration = GenerationAnswer & {
  /** Spends what was delivered and releases the rest. @throws GenerationRefused */
  complete(delivered?: CompleteMessage): Promise<Generation>
  /** Releases all that is still held. @throws GenerationRefused */
  fail(reason?: string): Promise<Generation>
  cancel(): Promise<Generation>
}

export type StartOptions = {
  /** the task queue of Lotkeeper's workers; `lotkeeper` by default */
  taskQueue?: string
  priority?: Priority
}

const searchAttributes = ['Product', 'Account', 'CreditsState'] as const

/**
 * Reserves the credits of a generation in one call (update-with-start). Safe to repeat with the same request.
 * @throws GenerationRefused, such as with `insufficient_credits`
 * @example
 * const generation = await startGeneration(client, { product: 'kvidai', account: 'ada', id: job, operation: 'image' })
 * await generation.complete()
 */
export async function startGeneration(
  client: Client,
  request: GenerationRequest,
  { taskQueue = 'lotkeeper', priority }: StartOptions = {},
): Promise<RunningGeneration> {
  const { product, account, id, operation, fingerprint } = request
  const values = [product, account, 'reserved']
  const startWorkflowOperation = new WithStartWorkflowOperation(WORKFLOW_TYPE, {
    workflowId: generationWorkflowId(product, id),
    args: [request],
    taskQueue,
    staticSummary: `${operation} for ${account}`,
    typedSearchAttributes: new TypedSearchAttributes(
      searchAttributes.map((name, index) => ({
        key: defineSearchAttributeKey(name, SearchAttributeType.KEYWORD),
        value: values[index] ?? '',
      })),
    ),
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    ...(priority && { priority }),
  })
  const args: [fingerprint?: string] = fingerprint === undefined ? [] : [fingerprint]
  const answer = await orRefused(
    client.workflow.executeUpdateWithStart(reserveUpdate, { startWorkflowOperation, args }),
  )
  return { ...answer, ...settlementsOf(client, product, answer.generation) }
}

/** The settlements of a generation that was started elsewhere, such as by an earlier process. */
export function settlementsOf(client: Client, product: string, generation: Generation) {
  const handle = client.workflow.getHandle(generationWorkflowId(product, generation.id))
  const settle = async (sending: Promise<GenerationAnswer>): Promise<Generation> => {
    try {
      return (await orRefused(sending)).generation
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error
      // It has ended: its result tells how.
      const { outcome, spent, refunded } = (await handle.result()) as {
        outcome: string
        spent: number
        refunded: number
      }
      return { ...generation, state: outcome as Generation['state'], held: 0, spent, refunded }
    }
  }
  return {
    // An id of its own makes a repetition the same update. Items are settled over several updates.
    complete: (delivered: CompleteMessage = {}) =>
      settle(
        handle.executeUpdate(completeUpdate, {
          args: [delivered],
          ...(delivered.items === undefined && { updateId: 'complete' }),
        }),
      ),
    fail: (reason?: string) =>
      settle(handle.executeUpdate(failUpdate, { args: [reason === undefined ? {} : { reason }], updateId: 'fail' })),
    cancel: () => settle(handle.executeUpdate(cancelUpdate, { updateId: 'cancel' })),
  }
}

/** A refusal arrives as an ApplicationFailure whose first detail has the code and its fields. */
async function orRefused<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    const cause = error instanceof WorkflowUpdateFailedError ? error.cause : null
    const [refusal] = cause instanceof ApplicationFailure ? (cause.details ?? []) : []
    if (typeof (refusal as { code?: unknown })?.code !== 'string') throw error
    throw new GenerationRefused(refusal as GenerationRefused['refusal'], cause?.message ?? '')
  }
}
