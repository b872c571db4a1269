import { continueAsNew, sleep, workflowInfo } from '@temporalio/workflow'
import type { AuditActivities } from '../activities/audit.ts'
import { type AuditSweepInput, searchAttributes } from './contract/messages.ts'
import { auditStart } from './contract/starts.ts'
import { longScan } from './lib/activity-options.ts'
import { cancellation } from './lib/cancellation.ts'
import { startChildIfNotRunning } from './lib/children.ts'
import { publishStatus } from './lib/status.ts'
import { steps } from './lib/steps.ts'

const { sweepAccounts, markSwept } = steps<AuditActivities, 'sweepAccounts' | 'markSwept'>(longScan, {
  sweepAccounts: 'Compare a batch of accounts',
  markSwept: 'Record the position',
})

const BATCH = 20
const BATCHES_PER_RUN = 100
const MINUTE_MS = 60_000

/**
 * Compares all accounts of a product with the rules, at a fixed rate, and records the difference of each: the drift in
 * /metrics. If the policy says so, each account with findings is audited as if support had requested it. The database has the
 * position: the next sweep continues one that was cancelled or terminated.
 */
export async function auditSweep(input: AuditSweepInput): Promise<Progress> {
  const { looked_at = 0, found = 0 } = input
  const progress = { looked_at, found }
  await Promise.race([sweep(input, progress), cancellation()])
  return progress
}

type Progress = { looked_at: number; found: number }

async function sweep({ product, accounts_per_minute, repair }: AuditSweepInput, progress: Progress): Promise<void> {
  for (let batch = 1; ; batch++) {
    const swept = await sweepAccounts({ product, limit: BATCH })
    progress.looked_at += swept.looked_at
    progress.found += swept.found.length
    if (repair) await startAudits(product, swept.found)
    await markSwept({ product, position: swept.position, more: swept.more })
    publishStatus(
      [`Compared ${progress.looked_at} accounts of ${product}; ${progress.found} have findings.`],
      [{ key: searchAttributes.product, value: product }],
    )
    if (!swept.more) return
    await sleep((BATCH / accounts_per_minute) * MINUTE_MS, { summary: 'Next batch' })
    if (batch >= BATCHES_PER_RUN || workflowInfo().continueAsNewSuggested)
      await continueAsNew<typeof auditSweep>({ product, accounts_per_minute, repair, ...progress })
  }
}

/** The id has the sweep's first run and the account's key, so each account is audited once a sweep and is not named. */
async function startAudits(product: string, accounts: { account: string; account_key: string }[]): Promise<void> {
  const sweep = workflowInfo().firstExecutionRunId
  for (const { account, account_key } of accounts) {
    const id = `aud_${sweep}_${account_key}`
    await startChildIfNotRunning('audit', auditStart({ product, account, id, asked_by: 'schedule' }))
  }
}
