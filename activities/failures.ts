import { ApplicationFailure } from '@temporalio/activity'
import { Refused } from '../domain/shared/refusals.ts'

/**
 * Runs a step and turns a refusal into the failure that workflows and callers know: not retried, its type the code,
 * its details the refusal. Any other error is passed on, and so retried.
 */
export async function mapRefusals<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    throw ApplicationFailure.create({
      message: error.message,
      type: error.refusal.code,
      details: [error.refusal],
      nonRetryable: true,
      // A refusal is an answer, not trouble: it is neither logged as a failure nor counted as one.
      category: 'BENIGN',
    })
  }
}
