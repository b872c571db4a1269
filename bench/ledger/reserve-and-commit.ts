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
import { type Choice, uniform } from '../measure/distributions.ts'
import type { Work } from '../measure/load.ts'

const operation = 'image'

/**
 * One generation on the ledger alone: its cost is reserved, which is what somebody waits for, then committed, as the
 * workflow's steps do it.
 * @param choose which of the accounts is next, all alike if it is left out
 */
export function pairsOn(
  db: Db,
  policy: Policy,
  accounts: string[],
  choose: Choice = uniform(accounts.length),
): Work {
  const keys = accounts.map(account => accountKey(policy.product, account))
  return async (_client, answered) => {
    const account_key = keys[choose()] as string
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
    answered()
    const settlement = { kind: 'complete' as const }
    const verdict = decideSettlement(progressOf(reserved.generation, null), settlement)
    if (!verdict) throw new Error('a generation that was just reserved is settled')
    const { progress, ...moves } = verdict
    const { items, closing } = progress
    await settle(
      db,
      { account_key, at: new Date(), operation_key: `settle/${generation}` },
      { generation, ...moves, items, closing, replacement: null },
    )
  }
}
