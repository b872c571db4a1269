import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow'
import { Refused } from '../../domain/shared/refusals.ts'

/** Runs a pure rule; its refusal becomes the failure that callers know. */
export function mapRefusals<T>(rule: () => T): T {
  try {
    return rule()
  } catch (error) {
    throw error instanceof Refused ? toFailure(error) : error
  }
}

/** A refusal as the failure that callers know: its type the code, its details the refusal. */
export function toFailure({ message, refusal }: Refused): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, refusal.code, refusal)
}

/** The refusal that an activity answered with; undefined when it failed for any other reason. */
export function refusalIn(error: unknown): ApplicationFailure | undefined {
  const cause = error instanceof ActivityFailure ? error.cause : error
  return cause instanceof ApplicationFailure && cause.nonRetryable ? cause : undefined
}

/** Lets refusals pass, and nothing else: for what nobody waits for. */
export function ignoreRefusal(error: unknown): void {
  if (!refusalIn(error)) throw error
}
