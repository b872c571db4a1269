import {
  CancellationScope,
  getCurrentDetails,
  setCurrentDetails,
  type WorkflowInterceptorsFactory,
} from '@temporalio/workflow'

/**
 * Shields every workflow and handler from cancellation in the Temporal UI: no step is lost halfway. Each workflow decides
 * the meaning of a cancellation, by `onCancellation` or `refuseCancellation`.
 */
export const interceptors: WorkflowInterceptorsFactory = () => ({
  inbound: [
    {
      execute: (input, next) => CancellationScope.nonCancellable(() => next(input)),
      handleSignal: (input, next) => CancellationScope.nonCancellable(() => next(input)),
      handleUpdate: (input, next) => CancellationScope.nonCancellable(() => next(input)),
    },
  ],
})

/** Runs `react` when the workflow is cancelled. Call it before the workflow's first step. */
export function onCancellation(react: () => unknown): void {
  // The scope around the current one, which shields it, is the one that Temporal cancels.
  CancellationScope.current().parent?.cancelRequested.catch(react)
}

/** Resolves when the workflow is cancelled. Call it before the workflow's first step. */
export function cancellation(): Promise<void> {
  return new Promise(resolve => onCancellation(() => resolve()))
}

const NOT_CANCELLED = '**Not cancelled.**'

/** Shows operators that the workflow goes on. @param instead what to do instead, as a sentence */
export function refuseCancellation(instead: string): void {
  onCancellation(() => setCurrentDetails(`${NOT_CANCELLED} ${instead}\n\n${getCurrentDetails()}`))
}

/** The paragraph of a refused cancellation, which stays in the details; empty where there was none. */
export function refusedCancellation(): string {
  const [first = ''] = getCurrentDetails().split('\n\n')
  return first.startsWith(NOT_CANCELLED) ? first : ''
}
