import type { Account } from '../../../db/accounts/accounts.ts'
import type { Caller } from '../../../db/accounts/api-keys.ts'
import type { Compensated, CompensationRecord, GivenLot } from '../../../db/campaigns/compensation.ts'
import { lotTerms } from '../../../domain/lots/lot-terms.ts'
import type { Policy } from '../../../domain/policy/policy.ts'
import { deriveId } from '../../http/derive-id.ts'
import type { RouteResponse } from '../../http/route.ts'

/** The lots of a compensation: lost credits and bonus are separate, so that the ledger distinguishes them. */
export function compensationLots(
  policy: Policy,
  { time_zone }: Pick<Account, 'time_zone'>,
  at: Date,
  given: Pick<CompensationRecord, 'compensation' | 'lost' | 'bonus'> & { source: string },
  { key_name }: Caller,
): GivenLot[] {
  const { compensation, source, lost, bonus } = given
  const terms = lotTerms(policy, source, { at, time_zone })
  const lot = { ...terms, origin: { type: 'compensation', id: compensation }, api_key: key_name }
  return [
    { ...lot, amount: lost, reason: 'compensation' },
    { ...lot, amount: bonus, reason: 'compensation_bonus' },
  ].filter(({ amount }) => amount > 0)
}

/** The id of the approval that a compensation needs above the policy's cap. */
export function approvalOf(compensation: string): string {
  return deriveId('appr', compensation)
}

export function compensationResponse(
  { account_key, account }: Pick<Account, 'account_key' | 'account'>,
  at: Date,
  { compensation: id, given, cause, generation, lost, bonus }: CompensationRecord,
  { lots, totals, replayed }: Compensated,
): RouteResponse {
  const state = given ? 'given' : 'awaiting_approval'
  const approval = given ? null : approvalOf(id)
  const body = { id, account, state, cause, generation, lost, bonus, lots, approval }
  return { status: given ? 201 : 202, body, account: { account_key, at }, totals, replayed }
}
