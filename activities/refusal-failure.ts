import { ApplicationFailure } from '@temporalio/common'
import { Refused } from '../credits/refusals.ts'

/**
 * Runs a step and turns a refusal into the failure that workflows and callers know: not retried, its type the code,
 * its details the refusal. Any other error is passed on, and so retried.
 */
export async function refusalsAsFailures<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    throw ApplicationFailure.nonRetryable(error.message, error.refusal.code, error.refusal)
  }
}
