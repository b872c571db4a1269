import { randomUUID } from 'node:crypto'
import { accountKey } from '../../db/accounts/account-key.ts'
import type { Db } from '../../db/core/command.ts'
import { progressOf } from '../../db/generations/generations.ts'
import { reserve } from '../../db/ledger/holds/reserve.ts'
import { settle } from '../../db/ledger/holds/settle.ts'
import { deadlineOf, planReservation } from '../../domain/generations/reservation.ts'
import { decideSettlement } from '../../domain/generations/settlement.ts'
import { anonymousContext } from '../../domain/policy/entitlements.ts'
import type { Policy } from '../../domain/policy/policy.ts'
import { type Operation, type Sampler, uniform } from '../measure/load.ts'

const operation = 'image'

/**
 * Reserves and commits a generation on the ledger alone, as the workflow's steps do. Latency is that of the reservation.
 * @param nextAccount index of the account to use
 */
export function reserveAndCommit(
  db: Db,
  policy: Policy,
  accounts: string[],
  nextAccount: Sampler = uniform(accounts.length),
): Operation {
  const keys = accounts.map(account => accountKey(policy.product, account))
  return async (_client, onResponse) => {
    const account_key = keys[nextAccount()] as string
    const generation = randomUUID()
    const at = new Date()
    const request = { operation }
    const reserved = await reserve(
      db,
      { account_key, at },
      {
        ...planReservation(policy, request, anonymousContext(at)),
        product: policy.product,
        generation,
        operation,
        deadline: deadlineOf(policy, request, at),
        request,
        api_key: 'bench',
      },
    )
    onResponse()
    const decision = decideSettlement(progressOf(reserved), { kind: 'complete' })
    if (!decision) throw new Error('A generation that was just reserved is settled already.')
    const { progress, ...movements } = decision
    const { items, rest } = progress
    await settle(
      db,
      { account_key, at: new Date(), operation_key: `settle/${generation}` },
      { generation, ...movements, items, rest, replacement: null },
    )
  }
}
