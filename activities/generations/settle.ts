import { type Account, loadAccount, loadAccountByKey, timeOf } from '../../db/accounts/accounts.ts'
import { type AttentionSubject, raiseAttention } from '../../db/attention/raise.ts'
import type { Db } from '../../db/core/command.ts'
import { findGeneration, progressOf } from '../../db/generations/generations.ts'
import { type Settled, settle } from '../../db/ledger/holds/settle.ts'
import type { Settlement } from '../../domain/generations/progress.ts'
import { replacementTerms } from '../../domain/generations/reservation.ts'
import {
  decideSettlement,
  MISSED_SETTLEMENTS,
  settlementConflict,
  type Verdict,
} from '../../domain/generations/settlement.ts'
import { isTemporary, notFound, Refused } from '../../domain/shared/refusals.ts'
import { type Policies, policyOf } from '../../platform/policy-store.ts'

export type GenerationDeps = { db: Db; policies: Policies; now: () => Date }

/** The account's fields that a settlement needs, so that it does not load the account again. */
export type AccountOfHold = { key: string; name: string; time_zone: string; on_test_clock: boolean }

export type SettleStep = {
  id: string
  product: string
  account: AccountOfHold
  settlement: Settlement
  verdict: Verdict
}

export function accountOfHold({ account_key, account, time_zone, test_clock }: Account): AccountOfHold {
  return { key: account_key, name: account, time_zone, on_test_clock: test_clock !== null }
}

/** Records a settlement. @throws Refused as `settle` of the ledger does */
export async function settleHold(
  { db, policies, now }: GenerationDeps,
  { id, product, account, settlement, verdict }: SettleStep,
): Promise<Settled> {
  const { progress, ...decided } = verdict
  const at = account.on_test_clock ? timeOf(await loadAccount(db, product, account.name), now()) : now()
  return settle(
    db,
    { account_key: account.key, at, operation_key: settleKey(id, settlement, verdict) },
    {
      generation: id,
      ...decided,
      items: progress.items,
      rest: progress.rest,
      replacement: mayRelease(verdict) ? replacementTerms(policyOf(policies, product), at, account.time_zone) : null,
    },
  ).catch(error => {
    if (isCallersRefusal(error, verdict)) throw error
    return raiseConflict(db, { product, subject: 'generation', id, account_key: account.key }, at)(error)
  })
}

function mayRelease({ refund, charge }: Verdict): boolean {
  return refund > 0 || charge !== undefined
}

/** Whether the caller settled for more than the hold, or too late. */
function isCallersRefusal(error: unknown, { late }: Verdict): boolean {
  return error instanceof Refused && (late === true || error.refusal.code === 'price_out_of_range')
}

/** Settlements that another one preceded are decided again; the ledger's other refusals need a person. */
function raiseConflict(db: Db, about: AttentionSubject, at: Date): (error: unknown) => Promise<never> {
  return async error => {
    if (error instanceof Refused && !isTemporary(error) && !MISSED_SETTLEMENTS.includes(error.refusal.code))
      await raiseAttention(db, about, settlementConflict(error.refusal.code), at)
    throw error
  }
}

/**
 * Releases a hold at its deadline without its workflow, under the operation key that the workflow would use. The workflow
 * finds the result if it runs again.
 * @throws Refused not_found; already_settled
 */
export async function timeOutHold(deps: GenerationDeps, product: string, id: string): Promise<void> {
  const found = await findGeneration(deps.db, product, id)
  if (!found) throw notFound('generation')
  const settlement = { kind: 'timeout' } as const
  const verdict = decideSettlement(progressOf(found), settlement)
  const account = accountOfHold(await loadAccountByKey(deps.db, found.account_key))
  if (verdict) await settleHold(deps, { id, product, account, settlement, verdict })
}

/** A settlement of the rest has one key per kind, one of items is keyed by their indices, so no item is settled twice. */
function settleKey(id: string, settlement: Settlement, { late }: Verdict): string {
  if (late) return `settle/${id}/late`
  const items = settlement.kind === 'complete' ? settlement.items : undefined
  if (!items) return `settle/${id}/${settlement.kind}`
  return `settle/${id}/items/${items.map(item => item.index).sort((a, b) => a - b)}`
}
