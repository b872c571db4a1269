import { proxyActivities } from '@temporalio/workflow'
import type { ReconcileActivities } from '../activities/reconcile.ts'
import { longScan } from './lib/activity-options.ts'
import { type PollResult, pollOnce } from './lib/poll.ts'

const { reconcileBatch } = proxyActivities<ReconcileActivities>(longScan)

/** Starts again from the ledger what was cancelled, terminated or lost. */
export async function reconcile(): Promise<PollResult> {
  return pollOnce(reconcileBatch)
}
