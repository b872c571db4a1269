import { activityInfo, heartbeat, log } from '@temporalio/activity'
import { timeOf } from '../../db/accounts/accounts.ts'
import { accountsAfter, saveAuditResult } from '../../db/audits/audits.ts'
import { readLedgerSnapshot } from '../../db/audits/ledger-snapshot.ts'
import { readPosition } from '../../db/operations/positions.ts'
import { type AuditReport, reportOf } from '../../domain/audits/report.ts'
import { policyOf } from '../../platform/policy-store.ts'
import type { AuditDeps } from './context.ts'

/** A batch of a sweep. */
export type Swept = {
  /** the key of the last account */
  position: string | null
  /** whether more accounts follow */
  more: boolean
  looked_at: number
  /** accounts with findings, and those whose history the rules cannot compute */
  found: { account: string; account_key: string }[]
}

/** Accounts with very long histories end a batch early. */
const BATCH_MS = 10 * 60_000

/** The name under which a product's sweep stores its position. */
export function sweepOf(product: string): string {
  return `audit-sweep/${product}`
}

/**
 * Compares the next accounts of a product and records how far each is off. Its heartbeat carries the progress, so that a
 * retry continues after the last account. An account for which the rules fail stops no sweep: an audit of its own shows why.
 */
export async function sweepBatch(
  { db, longQueryDb, policies, now }: AuditDeps,
  product: string,
  limit: number,
): Promise<Swept> {
  const policy = policyOf(policies, product)
  const before: Omit<Swept, 'more'> | undefined = activityInfo().heartbeatDetails
  const swept = before ?? { position: await readPosition(db, sweepOf(product)), looked_at: 0, found: [] }
  const left = limit - swept.looked_at
  const accounts = await accountsAfter(db, product, swept.position, left)
  const end = now().getTime() + BATCH_MS
  for (const [n, account] of accounts.entries()) {
    if (now().getTime() > end) return { ...swept, more: true }
    const { account: name, account_key } = account
    const snapshot = await readLedgerSnapshot(longQueryDb, account_key)
    const report = computeReport(account_key, () =>
      reportOf(policy, snapshot, timeOf(account, now()), { unasked: [], granted: [] }),
    )
    if (report) await saveAuditResult(db, account, now(), report)
    if (!report || report.findings.length > 0) swept.found.push({ account: name, account_key })
    Object.assign(swept, { position: account_key, looked_at: swept.looked_at + 1 })
    if (n < accounts.length - 1) heartbeat(swept)
  }
  return { ...swept, more: accounts.length === left }
}

/** A rule that fails once fails at every retry, so the error is logged. @returns null where the rules fail */
function computeReport(account_key: string, compute: () => AuditReport): AuditReport | null {
  try {
    return compute()
  } catch (error) {
    log.error('The rules fail for this account: request an audit of it.', { account_key, error })
    return null
  }
}
