import { type Account, loadAccount, timeOf } from '../../db/accounts/accounts.ts'
import type { Db } from '../../db/core/command.ts'
import { workflowRepairs } from '../../domain/audits/repairs.ts'
import type { AuditReport } from '../../domain/audits/report.ts'
import type { Policy } from '../../domain/policy/policy.ts'
import { Refused } from '../../domain/shared/refusals.ts'
import { policyOf } from '../../platform/policy-store.ts'
import type { GenerationActivities } from '../generation.ts'
import type { MembershipActivities } from '../membership.ts'
import type { PurchaseActivities } from '../purchase.ts'
import type { PurchaseDeps } from '../purchases/context.ts'

/** `asked_by` is the id of an API key, or `schedule`. */
export type AuditRef = { product: string; account: string; id: string; asked_by: string }

export type AuditDeps = PurchaseDeps & {
  /** for statements that may take long */
  longQueryDb: Db
  /** the steps of the workflows, to catch up on missed ones */
  steps: Pick<GenerationActivities, 'settle'> &
    Pick<MembershipActivities, 'stepMembership'> &
    Pick<PurchaseActivities, 'applyPaymentEvents'>
}

/** The part of an audit that its workflow needs. */
export type AuditStatus = {
  findings: number
  open: number
  moved: number
  needs_approval: boolean
  bonus: number
  /** purchases and memberships whose workflows missed a step */
  purchases: string[]
  memberships: string[]
}

/** @throws Refused not_found, account_closed */
export async function loadContext(
  { db, policies, now }: AuditDeps,
  { product, account: name }: AuditRef,
): Promise<{ account: Account; policy: Policy; at: Date }> {
  const account = await loadAccount(db, product, name)
  if (account.closed_at) throw new Refused({ code: 'account_closed' })
  return { account, policy: policyOf(policies, product), at: timeOf(account, now()) }
}

/** The audit as the database names it. */
export function recordRef({ id, product, asked_by }: AuditRef, { account_key }: Account) {
  return { account_key, product, audit: id, asked_by }
}

export function toStatus({ findings, moved, needs_approval, bonus }: AuditReport): AuditStatus {
  const repairs = workflowRepairs(findings)
  return {
    findings: findings.length,
    open: findings.filter(({ repaired }) => !repaired).length,
    moved,
    needs_approval,
    bonus,
    purchases: repairs.flatMap(repair => (repair.do === 'apply_payments' ? [repair.purchase] : [])),
    memberships: repairs.flatMap(repair => (repair.do === 'step' ? [repair.membership] : [])),
  }
}
