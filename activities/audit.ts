import { ApplicationFailure } from '@temporalio/activity'
import { type Account, loadAccount, timeOf } from '../db/accounts/accounts.ts'
import {
  accountsAfter,
  findAudit,
  requestAuditApproval,
  saveAudit,
  saveAuditResult,
} from '../db/audits/audits.ts'
import { readLedgerSnapshot } from '../db/audits/ledger-snapshot.ts'
import { auditKey, repairLedger } from '../db/audits/repair.ts'
import { type Db, fingerprint } from '../db/core/command.ts'
import { findResult } from '../db/core/idempotency.ts'
import { findGeneration, progressOf } from '../db/generations/generations.ts'
import { listMemberships } from '../db/memberships/memberships.ts'
import { listPaymentEvents, listReferences } from '../db/purchases/payment-events.ts'
import { listPurchases } from '../db/purchases/purchases.ts'
import type { Finding } from '../domain/audits/finding.ts'
import { auditBonus, ledgerRepairs, workflowRepairs } from '../domain/audits/repairs.ts'
import { type AuditReport, reportOf, unchangedFindings, withOutcome } from '../domain/audits/report.ts'
import { decideSettlement } from '../domain/generations/settlement.ts'
import type { Policy } from '../domain/policy/policy.ts'
import { Refused } from '../domain/shared/refusals.ts'
import { policyOf } from '../platform/policy-store.ts'
import { mapRefusals } from './failures.ts'
import type { GenerationActivities } from './generation.ts'
import type { MembershipActivities } from './membership.ts'
import type { PurchaseActivities } from './purchase.ts'
import { ignoreRefusal, type PurchaseDeps, purchaseTransitions } from './purchase-transitions.ts'

export type AuditActivities = ReturnType<typeof auditActivities>

/** Which audit, of whom, and who asked for it: the id of an API key, or the schedule. */
export type AuditRef = { product: string; account: string; id: string; asked_by: string }

/** How an audit stands, as far as its workflow has to know. */
export type AuditStatus = {
  findings: number
  open: number
  moved: number
  needs_approval: boolean
  bonus: number
  /** purchases and memberships whose workflows should have done something and did not */
  purchases: string[]
  memberships: string[]
}

/** What a sweep looked at. */
export type Swept = {
  /** the last account that was looked at; null when there are no more */
  position: string | null
  looked_at: number
  /** those that are not as they should be */
  found: { account: string; account_key: string }[]
}

/** Purchases whose provider is asked, the newest first: what is older was asked long ago. */
const ASKED_AT_MOST = 100

type Steps = Pick<GenerationActivities, 'settle'> &
  Pick<MembershipActivities, 'stepMembership'> &
  Pick<PurchaseActivities, 'applyPaymentEvents'>

/**
 * The steps of an audit. What workflows should have done is done as they would have, by their own steps.
 * @param longQueryDb the book, for statements that may take long
 */
export function auditActivities({
  longQueryDb,
  steps,
  ...parts
}: PurchaseDeps & { longQueryDb: Db; steps: Steps }) {
  const { db, policies, now, payments } = parts
  const { ask } = purchaseTransitions(parts)

  async function loadContext({ product, account: name }: Pick<AuditRef, 'product' | 'account'>) {
    const account = await loadAccount(db, product, name)
    if (account.closed_at) throw new Refused({ code: 'account_closed' })
    return { account, policy: policyOf(policies, product), at: timeOf(account, now()) }
  }

  /** Does what a workflow should have done; a refusal leaves the finding open. */
  async function mendByProcess(which: AuditRef, account: Account, findings: Finding[]): Promise<void> {
    for (const repair of workflowRepairs(findings))
      await stepFor(which, account, repair).catch(error => {
        if (!(error instanceof ApplicationFailure && error.nonRetryable)) throw error
      })
  }

  async function stepFor(
    { product, account: name }: AuditRef,
    account: Account,
    repair: ReturnType<typeof workflowRepairs>[number],
  ): Promise<void> {
    if (repair.do === 'follow')
      await steps.applyPaymentEvents({ product, account: name, id: repair.purchase })
    else if (repair.do === 'step')
      await steps.stepMembership({
        product,
        account: name,
        id: repair.membership,
        due_at: timeOf(account, now()).toISOString(),
      })
    else await settleHold(product, account, repair.generation)
  }

  async function settleHold(product: string, account: Account, id: string): Promise<void> {
    const found = await findGeneration(db, product, id)
    if (!found) return
    const settlement = { kind: 'timeout' as const }
    const verdict = decideSettlement(progressOf(found.generation, found.closing), settlement)
    if (!verdict) return
    const { account_key: key, account: name, time_zone, test_clock } = account
    const owner = { key, name, time_zone, on_test_clock: test_clock !== null }
    await steps.settle({ id, product, account: owner, settlement, verdict })
  }

  const askedOf = ({ id, product, asked_by }: AuditRef, { account_key }: Account) => ({
    account_key,
    product,
    audit: id,
    asked_by,
  })

  async function reportedOf({ product, id }: AuditRef): Promise<AuditReport> {
    const report = (await findAudit(db, product, id))?.report
    if (!report) throw new Refused({ code: 'not_found', detail: 'There is no such audit.' })
    return report
  }

  return {
    /**
     * Asks the payment providers about the purchases of an account; what they say is on the book then.
     * @returns what could not be asked about, and the memberships that Stripe must be asked about
     */
    syncPayments: (which: AuditRef): Promise<{ unasked: string[]; subscriptions: string[] }> =>
      mapRefusals(async () => {
        const { account } = await loadContext(which)
        const { account_key } = account
        const { product } = which
        const unasked: string[] = []
        const { data } = await listPurchases(db, product, { account_key }, { limit: ASKED_AT_MOST })
        for (const { purchase, status } of data) {
          if (!payments[status.provider]?.ask) continue
          const news = await listPaymentEvents(db, product, purchase)
          const known = await listReferences(db, product, purchase)
          const references = [...new Set([...known, ...news.flatMap(piece => piece.references)])]
          const answered = await ask({ product, account: which.account, id: purchase }, references).catch(
            ignoreRefusal,
          )
          if (!answered) unasked.push(purchase)
        }
        const memberships = await listMemberships(db, account_key)
        const subscriptions = memberships
          .filter(({ provider, external_id }) => provider === 'stripe' && external_id)
          .map(({ membership }) => membership)
        return { unasked, subscriptions }
      }),

    /**
     * Compares the book with the rules, and keeps what was found.
     * @param heard memberships that have just been given credits, because Stripe was asked
     */
    compareLedger: ({
      unasked,
      heard,
      ...which
    }: AuditRef & { unasked: string[]; heard: string[] }): Promise<AuditStatus> =>
      mapRefusals(async () => {
        const { account, policy, at } = await loadContext(which)
        const read = await readLedgerSnapshot(longQueryDb, account.account_key)
        const report = reportOf(policy, read, at, { unasked, heard })
        await saveAudit(db, askedOf(which, account), at, 'running', report)
        return toStatus(report)
      }),

    /**
     * Repairs what is in the report and still there. What workflows should have done needs no approval.
     * @param approval set where the rest waits for it: it is asked for, and nothing on the book is corrected
     * @param approved_by who approved it
     */
    repairAccount: ({
      approval,
      approved_by = null,
      ...which
    }: AuditRef & { approval?: string; approved_by?: string | null }): Promise<AuditStatus> =>
      mapRefusals(async () => {
        const { account, policy, at } = await loadContext(which)
        const { account_key, time_zone } = account
        const asked = askedOf(which, account)
        const before = await reportedOf(which)
        const done = await findResult(db, account_key, auditKey(which.id))
        if (!done) {
          const found = unchangedFindings(
            policy,
            await readLedgerSnapshot(longQueryDb, account_key),
            at,
            before,
          )
          await mendByProcess(which, account, found)
        }
        let { bonus } = before
        if (approval === undefined) {
          const read = await readLedgerSnapshot(longQueryDb, account_key)
          const repairs = ledgerRepairs(policy, unchangedFindings(policy, read, at, before), at, time_zone)
          const { last_entry } = read.account
          const lot = bonus > 0 ? bonusLot(policy, before, at, time_zone) : null
          const correction = { audit: which.id, last_entry, repairs, bonus: lot, approved_by }
          const repaired = await repairLedger(longQueryDb, { account_key, at }, correction)
          bonus = repaired.bonus
        }
        const read = await readLedgerSnapshot(longQueryDb, account_key)
        const after = { ...withOutcome(policy, read, at, before), bonus }
        if (approval !== undefined) await requestAuditApproval(db, asked, approval, at)
        await saveAudit(db, asked, at, approval === undefined ? 'done' : 'awaiting_approval', after)
        await saveAuditResult(db, asked, now(), after)
        return toStatus(after)
      }),

    /** Looks at the next accounts of a product and keeps how they stand. */
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
          const read = await readLedgerSnapshot(longQueryDb, account.account_key)
          const report = reportOf(policy, read, timeOf(account, now()), { unasked: [], heard: [] })
          await saveAuditResult(db, { ...account }, now(), report)
          const { account: name, account_key } = account
          if (report.findings.length > 0) found.push({ account: name, account_key })
        }
        const last = accounts.length === limit ? (accounts.at(-1)?.account_key ?? null) : null
        return { position: last, looked_at: accounts.length, found }
      }),
  }
}

/** The bonus has the key of what it is for. */
function bonusLot(policy: Policy, { findings }: AuditReport, at: Date, timeZone: string) {
  const lot = auditBonus(policy, findings, at, timeZone)
  const lacked = findings.filter(({ hurts }) => hurts).map(({ kind, subject }) => `${kind} ${subject}`)
  return lot && { ...lot, key: `audit_bonus/${fingerprint(lacked.sort())}` }
}

function toStatus({ findings, moved, needs_approval, bonus }: AuditReport): AuditStatus {
  const repairs = workflowRepairs(findings)
  return {
    findings: findings.length,
    open: findings.filter(({ repaired }) => !repaired).length,
    moved,
    needs_approval,
    bonus,
    purchases: repairs.flatMap(repair => (repair.do === 'follow' ? [repair.purchase] : [])),
    memberships: repairs.flatMap(repair => (repair.do === 'step' ? [repair.membership] : [])),
  }
}
