import type { ReconcileActivities } from '../activities/reconcile.ts'
import { longScan } from './lib/activity-options.ts'
import { type PollResult, pollOnce } from './lib/poll.ts'
import { steps } from './lib/steps.ts'

const { reconcileBatch } = steps<ReconcileActivities, 'reconcileBatch'>(longScan, {
  reconcileBatch: 'Compare a batch of workflows with the ledger',
})

/** Starts again from the ledger what was cancelled, terminated or lost. */
export async function reconcile(): Promise<PollResult> {
  return pollOnce(reconcileBatch)
}
