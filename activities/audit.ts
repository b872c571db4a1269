import { saveAudit } from '../db/audits/audits.ts'
import { readLedgerSnapshot } from '../db/audits/ledger-snapshot.ts'
import { listMemberships } from '../db/memberships/memberships.ts'
import { savePosition } from '../db/operations/positions.ts'
import { listPurchases } from '../db/purchases/purchases.ts'
import { reportOf } from '../domain/audits/report.ts'
import { type AuditDeps, type AuditRef, type AuditStatus, loadContext, recordRef, toStatus } from './audits/context.ts'
import { type Approval, repairFindings } from './audits/repair.ts'
import { type Swept, sweepBatch, sweepOf } from './audits/sweep.ts'
import { mapRefusals } from './failures.ts'
import { loadContext as loadPurchaseContext } from './purchases/context.ts'
import { askProvider, ignoreRefusal } from './purchases/payments.ts'

export type AuditActivities = ReturnType<typeof auditActivities>
export type { AuditRef, AuditStatus }

/** The steps of an audit and of a sweep. */
export function auditActivities(deps: AuditDeps) {
  const { db, longQueryDb } = deps

  return {
    syncPayments: (ref: AuditRef): Promise<{ unasked: string[]; subscriptions: string[] }> =>
      mapRefusals(() => askAboutPurchases(deps, ref)),

    /**
     * Compares the ledger with the rules and records the findings.
     * @param granted memberships whose credits were granted just now, because Stripe was polled
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

    /** Compares the next accounts of a product, at most `limit`. */
    sweepAccounts: ({ product, limit }: { product: string; limit: number }): Promise<Swept> =>
      mapRefusals(() => sweepBatch(deps, product, limit)),

    /** Records how far a sweep has come; the next sweep begins there. */
    markSwept: ({ product, position, more }: { product: string } & Pick<Swept, 'position' | 'more'>): Promise<void> =>
      savePosition(db, sweepOf(product), more ? position : null),
  }
}

/** The newest purchases only: earlier audits polled the older ones. */
const MOST_PURCHASES = 100

/**
 * Polls the payment providers for an account's purchases and records the answers.
 * @returns the purchases whose provider could not be polled, and the memberships with a Stripe subscription
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
