import {
  betterRefusal,
  type Corrected,
  canPayWithCredits,
  correctsForFree,
  type Plan,
  planReservation,
  type ReservationRequest,
} from '../../../domain/generations/reservation.ts'
import { withWaysOn } from '../../../domain/generations/ways-on.ts'
import type { Policy } from '../../../domain/policy/policy.ts'
import { type Refusal, Refused } from '../../../domain/shared/refusals.ts'
import type { AccountContext } from '../../accounts/account-context.ts'
import type { Db } from '../../core/command.ts'
import { findGeneration } from '../../generations/generations.ts'

/**
 * Plans a request and reserves it. Once free trials or the plan's fair use are exhausted, reserves credits instead.
 * @throws Refused as planReservation and `reserve` do
 */
export async function reserveWithFallback<T>(
  db: Db,
  policy: Policy,
  { account, entitlementContext }: AccountContext,
  request: ReservationRequest,
  reserve: (plan: Plan) => Promise<T>,
): Promise<T> {
  const corrected = correctsForFree(policy, request)
    ? await findCorrected(db, account.account_key, policy.product, request.correction_of ?? '')
    : null
  const plan = planReservation(policy, request, entitlementContext, { corrected })
  const free = await reserveOrRefusal(plan, reserve)
  if (!(free instanceof Refused)) return free
  const refuse = (refusal: Refusal) => new Refused(withWaysOn(policy, account.account, entitlementContext, refusal))
  if (!canPayWithCredits(free.refusal)) throw refuse(free.refusal)
  const paid = await reserveOrRefusal(planReservation(policy, request, entitlementContext, { paid: true }), reserve)
  if (paid instanceof Refused) throw refuse(betterRefusal(free.refusal, paid.refusal))
  return paid
}

function reserveOrRefusal<T>(plan: Plan, reserve: (plan: Plan) => Promise<T>): Promise<T | Refused> {
  return reserve(plan).catch(error => {
    if (error instanceof Refused) return error
    throw error
  })
}

async function findCorrected(db: Db, account_key: string, product: string, id: string): Promise<Corrected | null> {
  const found = await findGeneration(db, product, id)
  if (found?.account_key !== account_key) return null
  const { operation, outputs } = found.generation
  return { id, operation, outputs, corrections_allowed: found.corrections_allowed }
}
