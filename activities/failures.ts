import { ApplicationFailure } from '@temporalio/activity'
import { invalidRequest, Refused } from '../domain/shared/refusals.ts'

/**
 * Runs a step. A refusal becomes the failure that workflows and callers receive: not retried, its type the code, its
 * details the refusal. Any other error is thrown as it is, and so retried.
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
      // A refusal is an answer: it is neither logged nor counted as a failure.
      category: 'BENIGN',
    })
  }
}

/** Checks the second argument of the update `event`. @throws Refused invalid_request */
export function checkEventId(event_id: unknown): void {
  if (typeof event_id !== 'string' || event_id === '')
    throw invalidRequest('id', 'is needed: the second argument, by which the event happens once')
}
