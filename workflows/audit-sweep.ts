import {
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  sleep,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow'
import type { AuditActivities } from '../activities/audit.ts'
import { type AuditSweepInput, searchAttributes } from './contract/messages.ts'
import { auditStart } from './contract/starts.ts'
import { startChildIfNotRunning } from './lib/children.ts'

const { sweepAccounts } = proxyActivities<AuditActivities>({
  startToCloseTimeout: '5m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' },
})

/** Accounts at a time; what is between two times keeps the rate. */
const BATCH = 20
const BATCHES_PER_RUN = 100
const MINUTE_MS = 60_000

/**
 * Looks at all accounts of a product, so many a minute, and keeps how far each is from what it should be: the drift that
 * /metrics shows. Where the policy says so, each account with findings is audited as if support had asked.
 */
export async function auditSweep(input: AuditSweepInput): Promise<{ looked_at: number; found: number }> {
  const { product, accounts_per_minute, repair } = input
  let { position = null, looked_at = 0, found = 0 } = input
  upsertSearchAttributes([{ key: searchAttributes.product, value: product }])
  for (let batch = 1; ; batch++) {
    const swept = await sweepAccounts({ product, position, limit: BATCH })
    position = swept.position
    looked_at += swept.looked_at
    found += swept.found.length
    if (repair)
      for (const { account, account_key } of swept.found) {
        // Once for each account in a sweep, whose first run names it; no name of the account, which is to be forgotten.
        const id = `aud_${workflowInfo().firstExecutionRunId}_${account_key}`
        await startChildIfNotRunning('audit', auditStart({ product, account, id, asked_by: 'schedule' }))
      }
    setCurrentDetails(`Looked at ${looked_at} accounts of ${product}; ${found} are not as they should be.`)
    if (position === null) return { looked_at, found }
    await sleep((BATCH / accounts_per_minute) * MINUTE_MS)
    if (batch >= BATCHES_PER_RUN || workflowInfo().continueAsNewSuggested)
      await continueAsNew<typeof auditSweep>({ ...input, position, looked_at, found })
  }
}
