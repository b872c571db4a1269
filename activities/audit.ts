import { timeOf } from '../db/accounts/accounts.ts'
import { accountsAfter, saveAudit, saveAuditResult } from '../db/audits/audits.ts'
import { readLedgerSnapshot } from '../db/audits/ledger-snapshot.ts'
import { listMemberships } from '../db/memberships/memberships.ts'
import { listPurchases } from '../db/purchases/purchases.ts'
import { reportOf } from '../domain/audits/report.ts'
import { policyOf } from '../platform/policy-store.ts'
import { type AuditDeps, type AuditRef, type AuditStatus, loadContext, recordRef, toStatus } from './audits/context.ts'
import { type Approval, repairFindings } from './audits/repair.ts'
import { mapRefusals } from './failures.ts'
import { loadContext as loadPurchaseContext } from './purchases/context.ts'
import { askProvider, ignoreRefusal } from './purchases/payments.ts'

export type AuditActivities = ReturnType<typeof auditActivities>
export type { AuditRef, AuditStatus }

/** A batch of a sweep. */
export type Swept = {
  /** the key of the last account; null where no more follow */
  position: string | null
  looked_at: number
  /** accounts with findings */
  found: { account: string; account_key: string }[]
}

/** The steps of an audit and of a sweep. */
export function auditActivities(deps: AuditDeps) {
  const { db, longQueryDb, policies, now } = deps

  return {
    syncPayments: (ref: AuditRef): Promise<{ unasked: string[]; subscriptions: string[] }> =>
      mapRefusals(() => askAboutPurchases(deps, ref)),

    /**
     * Compares the ledger with the rules and records the findings.
     * @param granted memberships whose credits were granted just now, because Stripe was asked
     */
    compareLedger: ({
      unasked,
      granted,
      ...ref
    }: AuditRef & { unasked: string[]; granted: string[] }): Promise<AuditStatus> =>
      mapRefusals(async () => {
        const { account, policy, at } = await loadContext(deps, ref)
        const snapshot = await readLedgerSnapshot(longQueryDb, account.account_key)
        const report = reportOf(policy, snapshot, at, { unasked, granted })
        await saveAudit(db, recordRef(ref, account), at, 'running', report)
        return toStatus(report)
      }),

    repairAccount: ({ approval, approved_by, ...ref }: AuditRef & Approval): Promise<AuditStatus> =>
      mapRefusals(async () =>
        toStatus(
          await repairFindings(deps, ref, {
            ...(approval === undefined ? {} : { approval }),
            approved_by: approved_by ?? null,
          }),
        ),
      ),

    /** Compares the next accounts of a product and records how far each is off. */
    sweepAccounts: ({
      product,
      position,
      limit,
    }: {
      product: string
      position: string | null
      limit: number
    }): Promise<Swept> =>
      mapRefusals(async () => {
        const policy = policyOf(policies, product)
        const accounts = await accountsAfter(db, product, position, limit)
        const found: Swept['found'] = []
        for (const account of accounts) {
          const { account: name, account_key } = account
          const snapshot = await readLedgerSnapshot(longQueryDb, account_key)
          const report = reportOf(policy, snapshot, timeOf(account, now()), { unasked: [], granted: [] })
          await saveAuditResult(db, account, now(), report)
          if (report.findings.length > 0) found.push({ account: name, account_key })
        }
        const last = accounts.length === limit ? (accounts.at(-1)?.account_key ?? null) : null
        return { position: last, looked_at: accounts.length, found }
      }),
  }
}

/** The newest purchases only: earlier audits asked about the older ones. */
const MOST_PURCHASES = 100

/**
 * Asks the payment providers about an account's purchases and records their answers.
 * @returns the purchases that no provider could be asked about, and the memberships with a Stripe subscription
 */
async function askAboutPurchases(
  deps: AuditDeps,
  ref: AuditRef,
): Promise<{ unasked: string[]; subscriptions: string[] }> {
  const { account_key } = (await loadContext(deps, ref)).account
  const { data } = await listPurchases(deps.db, ref.product, { account_key }, { limit: MOST_PURCHASES })
  const unasked: string[] = []
  for (const { purchase: id, status } of data) {
    if (!deps.payments[status.provider]?.ask) continue
    const purchase = { product: ref.product, account: ref.account, id }
    const { references } = await loadPurchaseContext(deps, purchase)
    if (!(await askProvider(deps, purchase, references).catch(ignoreRefusal))) unasked.push(id)
  }
  const memberships = await listMemberships(deps.db, account_key)
  const subscriptions = memberships
    .filter(({ provider, external_id }) => provider === 'stripe' && external_id)
    .map(({ membership }) => membership)
  return { unasked, subscriptions }
}
