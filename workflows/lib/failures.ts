import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow'
import { Refused } from '../../domain/shared/refusals.ts'

/** A refusal as the failure that callers receive: its type is the code, its details are the refusal. */
export function toFailure({ message, refusal }: Refused): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, refusal.code, refusal)
}

/** Runs a pure rule. @throws ApplicationFailure where the rule refuses */
export function mapRefusals<T>(rule: () => T): T {
  try {
    return rule()
  } catch (error) {
    throw error instanceof Refused ? toFailure(error) : error
  }
}

/** The refusal that an activity failed with; undefined where it failed for another reason. */
export function refusalIn(error: unknown): ApplicationFailure | undefined {
  const cause = error instanceof ActivityFailure ? error.cause : error
  return cause instanceof ApplicationFailure && cause.nonRetryable ? cause : undefined
}

/** Runs a step for a caller. @throws ApplicationFailure the refusal itself, instead of the activity's failure around it */
export async function unwrapFailure<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (error) {
    throw refusalIn(error) ?? error
  }
}

/** For `catch` where no caller waits: ignores refusals, throws everything else. */
export function ignoreRefusal(error: unknown): undefined {
  if (!refusalIn(error)) throw error
}
