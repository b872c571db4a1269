import { ApplicationFailure } from '@temporalio/activity'
import { type Account, timeOf } from '../../db/accounts/accounts.ts'
import { findGeneration, progressOf } from '../../db/generations/generations.ts'
import type { Finding } from '../../domain/audits/finding.ts'
import { workflowRepairs } from '../../domain/audits/repairs.ts'
import { decideSettlement } from '../../domain/generations/settlement.ts'
import type { AuditDeps, AuditRef } from './context.ts'

/** Makes the steps that workflows missed, as they would have made them. A refused step leaves its finding open. */
export async function makeMissedSteps(
  deps: AuditDeps,
  ref: AuditRef,
  account: Account,
  findings: Finding[],
): Promise<void> {
  for (const repair of workflowRepairs(findings))
    await makeStep(deps, ref, account, repair).catch(error => {
      if (!(error instanceof ApplicationFailure && error.nonRetryable)) throw error
    })
}

async function makeStep(
  deps: AuditDeps,
  { product, account: name }: AuditRef,
  account: Account,
  repair: ReturnType<typeof workflowRepairs>[number],
): Promise<void> {
  const { steps, now } = deps
  if (repair.do === 'apply_payments') {
    await steps.applyPaymentEvents({ product, account: name, id: repair.purchase })
  } else if (repair.do === 'step') {
    // The audit has asked the provider already.
    const due_at = timeOf(account, now()).toISOString()
    await steps.stepMembership({ product, account: name, id: repair.membership, due_at, asked: { refused: null } })
  } else {
    await timeOut(deps, product, account, repair.generation)
  }
}

async function timeOut(deps: AuditDeps, product: string, account: Account, id: string): Promise<void> {
  const found = await findGeneration(deps.db, product, id)
  if (!found) return
  const settlement = { kind: 'timeout' as const }
  const verdict = decideSettlement(progressOf(found.generation, found.closing), settlement)
  if (!verdict) return
  const { account_key: key, account: name, time_zone, test_clock } = account
  const owner = { key, name, time_zone, on_test_clock: test_clock !== null }
  await deps.steps.settle({ id, product, account: owner, settlement, verdict })
}
